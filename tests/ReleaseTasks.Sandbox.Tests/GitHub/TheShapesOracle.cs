using System.Text.Json.Nodes;
using ReleaseTasks.Shapes;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

/// <summary>Guards against an oracle that accepts everything.</summary>
[Category("Reference")]
public sealed class TheShapesOracle
{
    private const string Path = "/api/v3/repos/zupo/sushi/pulls/1";

    [TestCase("number", "\"1\"")]
    [TestCase("state", "\"merged\"")]
    [TestCase("user", "null")]
    [TestCase("head", "{}")]
    [TestCase("merged", "null")]
    [TestCase("mergeable", "\"yes\"")]
    [TestCase("created_at", "null")]
    [TestCase("labels", "{}")]
    [TestCase("html_url", "\"no address\"")]
    [TestCase("mergeable_state", null)]
    [TestCase("base", null)]
    [TestCase("commits", null)]
    public async Task Catches_a_damaged_answer(string property, string? damage)
    {
        var shapes = NeedShapes();
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var answer = (await zupo.AskAsync("pulls/1")).Body!.AsObject();
        Assert.That(shapes.Check("GET", Path, 200, "", "application/json", answer.ToJsonString()), Is.Empty);

        answer.Remove(property);
        if (damage is not null)
        {
            answer[property] = JsonNode.Parse(damage);
        }

        Assert.That(shapes.Check("GET", Path, 200, "", "application/json", answer.ToJsonString()), Is.Not.Empty);
    }

    [TestCase("""{"shaa":"1"}""")]
    [TestCase("""{"sha":1}""")]
    [TestCase("""{"merge_method":"fast"}""")]
    public void Catches_a_damaged_request(string body) => Assert.That(
        NeedShapes().Check("PUT", Path + "/merge", 200, body, "application/json", """{"sha":"1","merged":true,"message":""}"""), Is.Not.Empty);

    [Test]
    public void Catches_a_status_that_is_not_described() =>
        Assert.That(NeedShapes().Check("GET", Path, 201, "", "application/json", "{}"), Is.Not.Empty);

    private static GitHubShapes NeedShapes()
    {
        Assume.That(GitHubShapes.OrNull, Is.Not.Null, "GitHub's description isn't beside this checkout.");
        return GitHubShapes.OrNull!;
    }
}
