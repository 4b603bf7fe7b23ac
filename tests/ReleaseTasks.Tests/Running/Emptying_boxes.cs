using ReleaseTasks.Reports;
using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Running;
using Spectre.Console;

namespace ReleaseTasks.Tests.Running;

/// <summary>A second attempt takes no tick of the first for a person's word, and nobody's edit is lost over it.</summary>
public sealed class Emptying_boxes
{
    private Stage _stage = null!;

    [SetUp]
    public async Task Set_the_stage()
    {
        _stage = await Stage.SetAsync();
        Body = Body.Replace("[ ] Merge PR into master", "[x] Merge PR into master", StringComparison.Ordinal);
    }

    [TearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    private string Body
    {
        get => Proposed.Body ?? "";
        set => Proposed.Body = value;
    }

    private ReleaseTasks.Sandbox.GitHub.Issue Proposed =>
        _stage.Sandbox.World.GitHub.World.State.Repositories[0].Issues.Single(issue => issue.Number == 3);

    [Test]
    public async Task Leaves_what_somebody_writes_at_the_same_moment()
    {
        EditBehindReading(number => number == 1);

        await UntickAsync();

        Assert.That(Body, Does.Contain("[ ] Merge PR into master").And.EndWith("edit 1\n"));
    }

    [Test]
    public async Task Goes_no_further_while_somebody_edits_all_the_time()
    {
        EditBehindReading(_ => true);

        var e = await Assert.ThrowsAsync<StepFailedException>(UntickAsync);

        Assert.That(e!.Message, Does.Contain("could not be emptied: somebody is editing the description of #3").And.EndWith("Run the same command again."));
        Assert.That(Body, Does.Contain("[x] Merge PR into master").And.EndWith("edit 10\n"), "no edit was lost");
    }

    private void EditBehindReading(Predicate<int> which)
    {
        var readings = 0;
        _stage.Meddle = async (context, next) =>
        {
            await next(context);
            if (context.Request.Method == "GET" && context.Request.Path.Value!.EndsWith("/pulls/3", StringComparison.Ordinal) && which(++readings))
            {
                Body += $"edit {readings}\n";
            }
        };
    }

    private async Task UntickAsync()
    {
        using var github = new OctokitGitHub(
            new()
            {
                Repository = RepositoryName.Parse("zupo/sushi")!,
                Address = new(_stage.Environment["GITHUB_API_URL"]),
                Token = _stage.Environment["GITHUB_TOKEN"],
            },
            TimeProvider.System,
            text => text,
            _ => { });
        await new BoxTicker(github, 3, new PlainScreen(AnsiConsole.Console, new Redactor()), text => text).UntickAsync([.. PlanMarkdown.Parse(Body).Draft.Steps], default);
    }
}
