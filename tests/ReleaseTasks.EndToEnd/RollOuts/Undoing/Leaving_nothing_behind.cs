using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>What <c>Status</c> shows and <c>Cleanup</c> destroys, and above all what it doesn't.</summary>
[Platform(Exclude = "Win")]
public sealed class Leaving_nothing_behind
{
    private const string Verified = """{"event":"verified","verdict":"good","evidence":[],"v":1,"at":"2026-11-23T09:48:06+00:00"}""" + "\n";
    private static readonly string[] Cleanup = ["--target=Cleanup", "--retention=00:00:00.001"];

    private Scene _scene = null!;

    [SetUp]
    public async Task Roll_out()
    {
        _scene = await Scene.SimulatedAsync();
        var run = await _scene.DeployAsync();
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        await File.AppendAllTextAsync(_scene.JournalPath, Verified);
    }

    [TearDown]
    public async Task End() => await _scene.DisposeAsync();

    [Test]
    public async Task Shows_the_rollback_database_with_its_price_until_it_is_destroyed()
    {
        var before = await StatusAsync();
        var early = await _scene.RunAsync("--target=Cleanup");
        var cleaned = await _scene.RunAsync(Cleanup);
        var again = await _scene.RunAsync(Cleanup);
        var after = await StatusAsync();

        var database = before["leftovers"]!.AsArray().Single()!;
        Assert.That((Text(database["kind"]), Text(database["what"]), Text(database["next"])), Is.EqualTo(("database", "rollback database sushi-pr3-rollback", "./build.sh --target=Cleanup --pr=3")));
        Assert.That(Text(database["price"]), Does.Match(@"^\$\d+ a month$"));
        Assert.That((early.ExitCode, cleaned.ExitCode, again.ExitCode), Is.EqualTo((2, 0, 0)), $"{early}{cleaned}{again}");
        Assert.That(early.Errors, Does.Contain("it may still be needed until"));
        Assert.That((await Sushi.OfAsync(_scene)).Addons, Has.Count.EqualTo(1));
        Assert.That(after["leftovers"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Keeps_a_database_that_somebody_uses()
    {
        await _scene.HerokuAsync(HttpMethod.Post, "/addon-attachments", new { addon = "sushi-pr3-rollback", app = "sushi", name = "DATABASE", confirm = "sushi" });
        await AssertKeptAsync("sushi uses it, as DATABASE.");
        _scene.Meddle(world => Attachment(world, "DATABASE").AddOn = world.FindAddOn("postgresql-contoured-24680")!.Id);

        await _scene.HerokuAsync(HttpMethod.Post, "/apps", new { name = "sashimi" });
        await _scene.HerokuAsync(HttpMethod.Post, "/addon-attachments", new { addon = "sushi-pr3-rollback", app = "sashimi", name = "COPY" });
        await AssertKeptAsync("sashimi uses it, as COPY.");
    }

    [Test]
    public async Task Keeps_a_database_that_another_follows()
    {
        await _scene.HerokuAsync(HttpMethod.Post, "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0", name = "follower", config = new { follow = "sushi-pr3-rollback" } });

        await AssertKeptAsync("follower follows it.");
    }

    [Test]
    public async Task Keeps_another_database_of_the_same_name()
    {
        _scene.Meddle(world => world.FindAddOn("sushi-pr3-rollback")!.Name = "gone");
        _scene.Meddle(world => world.FindAddOn("postgresql-contoured-24680")!.Name = "sushi-pr3-rollback");

        await AssertKeptAsync("it isn't the one that this roll-out created, but another of the same name.");
    }

    [Test]
    public async Task Shows_a_forgotten_door_and_what_a_rollback_left()
    {
        var undone = await _scene.RollBackAsync();
        Assert.That(undone.ExitCode, Is.Zero, undone.ToString());
        await _scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi", new { maintenance = true });

        var status = await StatusAsync();
        var text = await _scene.RunAsync("--target=Status");
        var kept = await _scene.RunAsync(Cleanup);

        var left = status["leftovers"]!.AsArray().Select(leftover => (Text(leftover!["kind"]), Text(leftover["next"]))).ToList();
        Assert.That(left, Does.Contain(("maintenance", "heroku maintenance:off --app sushi"))
            .And.Contain(("lock", "./build.sh --target=Unlock --reason='why it may go'")));
        Assert.That(status["rollout"]!["state"]!.GetValue<string>(), Is.EqualTo("rolled-back"));
        Assert.That(left.Select(leftover => leftover.Item1), Does.Not.Contain("database"), "one is the primary, and the other was production's");
        Assert.That(undone.Output, Does.Contain("stays behind in postgresql-contoured-24680, which is kept"));
        Assert.That(undone.Output + text.Output, Does.Not.Contain("addons:destroy"));
        Assert.That(text.Output, Does.Contain("Left: sushi is closed to visitors, and no roll-out is under way: heroku maintenance:off --app sushi"));
        Assert.That(kept.Errors, Does.Contain("it may be the primary database now. Nothing was changed."));
    }

    private async Task AssertKeptAsync(string why)
    {
        var run = await _scene.RunAsync(Cleanup);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain($"sushi-pr3-rollback is kept: {why} Nothing was changed."));
        Assert.That((await Sushi.OfAsync(_scene)).Addons, Does.Contain("sushi-pr3-rollback"));
    }

    private async Task<JsonNode> StatusAsync()
    {
        var run = await _scene.RunAsync("--target=Status", "--format=json");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return JsonNode.Parse(run.Output)!;
    }

    private static Attachment Attachment(HerokuWorld world, string name) => world.AttachmentsOf(world.FindApp("sushi")!).Single(attachment => attachment.Name == name);

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}
