using System.Text.Json.Nodes;
using ReleaseTasks.Shapes;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>The checker is checked: damage of every kind has to be seen.</summary>
[Category("Reference")]
public sealed class PublishedShapes
{
    private HerokuShapes _shapes = null!;

    [SetUp]
    public void Find()
    {
        if (HerokuShapes.OrNull is not { } shapes)
        {
            Assert.Ignore("Heroku's published schema isn't beside this checkout.");
            return;
        }

        _shapes = shapes;
    }

    [Test]
    public async Task Are_those_of_a_release_and_damage_to_it_is_seen()
    {
        await using var host = await HerokuHost.StartAsync();
        var release = (await host.Jim.GetJsonAsync("/apps/sushi/releases/3")).AsObject();

        Assert.That(Check(release), Is.Empty);
        Assert.That(Check(Damaged(release, r => r.Remove("status"))), Is.Not.Empty, "a missing property");
        Assert.That(Check(Damaged(release, r => r["status"] = "done")), Is.Not.Empty, "a value outside of the enumeration");
        Assert.That(Check(Damaged(release, r => r["version"] = "3")), Is.Not.Empty, "another type");
        Assert.That(Check(Damaged(release, r => r["id"] = "three")), Is.Not.Empty, "another format");
        Assert.That(Check(Damaged(release, r => r["user"]!.AsObject().Remove("email"))), Is.Not.Empty, "a missing property further down");
    }

    [Test]
    public void See_a_damaged_request() =>
        Assert.That(_shapes.Check("POST", "/apps/sushi/addons", 201, """{"plan":7}""", ""), Is.Not.Empty);

    private IReadOnlyList<string> Check(JsonObject release) => _shapes.Check("GET", "/apps/sushi/releases/3", 200, "", release.ToJsonString());

    private static JsonObject Damaged(JsonObject release, Action<JsonObject> damage)
    {
        var copy = release.DeepClone().AsObject();
        damage(copy);
        return copy;
    }
}
