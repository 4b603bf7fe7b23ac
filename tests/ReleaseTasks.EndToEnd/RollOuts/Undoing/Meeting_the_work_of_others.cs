using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Sample;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>What somebody else changed since a roll-out isn't undone with it: the rollback stops, shows both values and says how to go on.</summary>
[Platform(Exclude = "Win")]
public sealed class Meeting_the_work_of_others
{
    private const string Theirs = "a value that nobody else knows";

    private Scene _scene = null!;

    [OneTimeSetUp]
    public async Task Roll_out() => _scene = await RolledOutAsync();

    [OneTimeTearDown]
    public async Task End() => await _scene.DisposeAsync();

    [Test]
    public async Task A_config_var_that_this_roll_out_set()
    {
        await SetAsync("PAGE_SIZE", Theirs);

        var refused = await RefusedAsync("config var PAGE_SIZE: this roll-out left it set (fingerprint ", "--force=undo-config-vars");

        await SetAsync("PAGE_SIZE", "99");
        Assert.That(refused.Output + refused.Errors, Does.Not.Contain(Theirs));
    }

    [Test]
    public async Task A_config_var_that_going_back_would_take_away()
    {
        await SetAsync("NEW_ONE", Theirs);

        await RefusedAsync("config var NEW_ONE: this roll-out found it not set, now it is set (fingerprint ", "--force=undo-release");

        await SetAsync("NEW_ONE", null);
    }

    [Test]
    public async Task The_formation()
    {
        await ScaleAsync(3);

        await RefusedAsync("formation: this roll-out left worker=1, now it is worker=3", "--force=undo-stop-workers,undo-formation");

        await ScaleAsync(1);
    }

    [Test]
    public async Task The_primary_database()
    {
        var old = (await Sushi.OfAsync(_scene)).Primary;
        var other = (await _scene.HerokuAsync(HttpMethod.Post, "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0", name = "of-somebody-else" }))["id"]!.GetValue<string>();
        await _scene.UntilAsync($"/apps/sushi/addons/{other}", addon => addon["state"]!.GetValue<string>() == "provisioned");
        await AttachAsync("of-somebody-else");

        await RefusedAsync($"DATABASE: this roll-out left {old}, now it is of-somebody-else", "--force=undo-promote");

        await AttachAsync(old);
    }

    [Test]
    public async Task The_closed_door()
    {
        await _scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi", new { maintenance = true });

        await RefusedAsync("maintenance: this roll-out left it off, now it is on", "--force=undo-close-app");

        await _scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi", new { maintenance = false });
    }

    [Test]
    public async Task Another_release_until_it_is_forced()
    {
        await using var scene = await RolledOutAsync();
        scene.Meddle(world =>
        {
            var app = world.FindApp("sushi")!;
            app.AddRelease(world.Accounts[1], "Deploy abcdef0", DateTimeOffset.UnixEpoch, app.Slugs[0]);
        });

        await RefusedAsync(scene, "code: somebody else's is current, v", "(Deploy abcdef0); this roll-out went from v51 (Deploy ", "--force=undo-release");
        var forced = await scene.RollBackAsync("--force=release,config-vars", "--schema=promote");

        Assert.That(forced.ExitCode, Is.Zero, forced.ToString());
    }

    private static async Task<Scene> RolledOutAsync()
    {
        var scene = await Scene.SimulatedAsync();
        await scene.ProposeAsync(SampleFiles.RemovalOfUsername.Replace("  4. [ ] Deploy", "  4. [ ] `heroku config:set PAGE_SIZE=99 --app sushi`\n  5. [ ] Deploy", StringComparison.Ordinal)
            .Replace("  3. [ ] Promote", "  3. [ ] `heroku config:set PAGE_SIZE=$(< PAGE_SIZE.old)`\n  4. [ ] Promote", StringComparison.Ordinal)
            .Replace("**Deployment steps**", "  3. [ ] `heroku config:get PAGE_SIZE > PAGE_SIZE.old`\n\n**Deployment steps**", StringComparison.Ordinal), SampleFiles.RemoveUsername);
        var run = await scene.DeployAsync();
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return scene;
    }

    private Task<Finished> RefusedAsync(params string[] words) => RefusedAsync(_scene, words);

    private static async Task<Finished> RefusedAsync(Scene scene, params string[] words)
    {
        var journal = await File.ReadAllTextAsync(scene.JournalPath);
        var run = await scene.RollBackAsync();
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        foreach (var word in words.Append("Nothing was changed"))
        {
            Assert.That(run.Errors, Does.Contain(word), run.ToString());
        }

        Assert.That(await File.ReadAllTextAsync(scene.JournalPath), Is.EqualTo(journal), "nothing was even begun");
        return run;
    }

    private Task SetAsync(string name, string? value) => ChangedAsync(_scene, HttpMethod.Patch, "/apps/sushi/config-vars", new Dictionary<string, string?> { [name] = value });

    private Task ScaleAsync(int workers) =>
        _scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi/formation", new { updates = new[] { new { type = "worker", quantity = workers } } });

    private Task AttachAsync(string addon) => ChangedAsync(_scene, HttpMethod.Post, "/addon-attachments", new { addon, app = "sushi", name = "DATABASE", confirm = "sushi" });

    /// <summary>A change that makes a release, to the end of its release phase.</summary>
    private static async Task ChangedAsync(Scene scene, HttpMethod method, string path, object body)
    {
        await scene.HerokuAsync(method, path, body);
        await scene.UntilAsync("/apps/sushi/releases", releases => releases.AsArray().All(release => release!["status"]!.GetValue<string>() != "pending"));
    }
}
