using System.Diagnostics;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Tests.Sample;

namespace ReleaseTasks.Sandbox.Tests.Staging;

/// <summary>A rehearsal's sandbox starts with the project's own app and pull request, made from its checkout; the checkout stays as it is.</summary>
public sealed class AProjectsOwnStage
{
    private readonly string _checkout = Directory.CreateTempSubdirectory("checkout-").FullName;
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"stage-{Guid.NewGuid():N}");
    private string _base = "";
    private string _head = "";

    [OneTimeSetUp]
    public async Task Commit_twice()
    {
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await File.WriteAllTextAsync(Path.Combine(_checkout, "Procfile"), "web: python3 -m http.server $PORT\nclock: sleep 1000\n");
        _base = await CommitAsync("The beginning");
        await GitAsync("checkout", "--quiet", "-b", "faster");
        await File.WriteAllTextAsync(Path.Combine(_checkout, "README.md"), "Faster.\n");
        _head = await CommitAsync("Say that it is faster");
    }

    [TearDown]
    public void Throw_the_world_away()
    {
        if (Directory.Exists(_directory))
        {
            SandboxServer.Reset(_directory);
            Directory.Delete(_directory, recursive: true);
        }
    }

    [OneTimeTearDown]
    public void Clean_up() => Directory.Delete(_checkout, recursive: true);

    [Test]
    public async Task Has_its_app_at_its_release_with_what_it_was_described_with()
    {
        await using var sandbox = await StartAsync(Project);

        var releases = (await sandbox.HerokuAsync("/apps/dmon/releases")).EnumerateArray().ToList();
        var current = releases.Single(release => release.GetProperty("current").GetBoolean());
        Assert.That(current.GetProperty("version").GetInt32(), Is.EqualTo(12));
        Assert.That(current.GetProperty("description").GetString(), Is.EqualTo($"Deploy {_base[..7]}"));
        var vars = (await sandbox.HerokuAsync("/apps/dmon/config-vars")).EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString());
        Assert.That(vars.Keys, Is.EquivalentTo(["DATABASE_URL", "HEROKU_POSTGRESQL_GREEN_URL", "SECRET"]));
        Assert.That(vars["HEROKU_POSTGRESQL_GREEN_URL"], Is.EqualTo(vars["DATABASE_URL"]));
        var formation = (await sandbox.HerokuAsync("/apps/dmon/formation")).EnumerateArray();
        Assert.That(formation.Select(f => (f.GetProperty("type").GetString(), f.GetProperty("quantity").GetInt32())), Is.EquivalentTo([("web", 1), ("clock", 3)]));
        var addOns = (await sandbox.HerokuAsync("/apps/dmon/addons")).EnumerateArray();
        Assert.That(addOns.Single().GetProperty("plan").GetProperty("name").GetString(), Is.EqualTo("heroku-postgresql:premium-0"));
    }

    [Test]
    public async Task Has_its_pull_request_open_and_approved_on_its_head()
    {
        await using var sandbox = await StartAsync(Project);

        var pull = await sandbox.GitHubAsync("/repos/niteoweb/dmon/pulls/7");
        Assert.That(pull.GetProperty("body").GetString(), Is.EqualTo("The plan."));
        Assert.That(pull.GetProperty("head").GetProperty("sha").GetString(), Is.EqualTo(_head));
        Assert.That(pull.GetProperty("base").GetProperty("sha").GetString(), Is.EqualTo(_base));
        var reviews = (await sandbox.GitHubAsync("/repos/niteoweb/dmon/pulls/7/reviews")).EnumerateArray();
        Assert.That(reviews.Select(review => (review.GetProperty("user").GetProperty("login").GetString(), review.GetProperty("commit_id").GetString())), Is.EqualTo([("dz0ny", _head)]), "nobody approves their own");
        var statuses = (await sandbox.GitHubAsync($"/repos/niteoweb/dmon/commits/{_head}/status")).GetProperty("statuses").EnumerateArray();
        Assert.That(statuses.Select(status => (status.GetProperty("context").GetString(), status.GetProperty("state").GetString())), Is.EqualTo([("ci/tests", "success")]));
        Assert.That((await sandbox.GitHubAsync("/user")).GetProperty("login").GetString(), Is.EqualTo("zupo"), "the author rolls out");
        Assert.That(await GitAsync("status", "--porcelain"), Is.Empty);
    }

    [Test]
    public void Is_not_set_where_there_is_nothing_to_roll_out()
    {
        var same = Project with { PullRequest = Project.PullRequest with { Head = _base } };

        Assert.That(() => StartAsync(same), Throws.TypeOf<StageException>().With.Message.EqualTo("faster holds nothing that main hasn't got: there is nothing to roll out."));
    }

    [Test]
    public void Is_not_set_with_a_commit_that_the_checkout_does_not_have()
    {
        var elsewhere = Project with { Base = new string('e', 40) };

        Assert.That(() => StartAsync(elsewhere), Throws.TypeOf<StageException>().With.Message.StartsWith($"main (eeeeeee) can't be fetched from {_checkout}"));
    }

    private Stage Project => new()
    {
        App = "dmon",
        Release = 12,
        ConfigVars = ["SECRET", "DATABASE_URL"],
        Databases = [new("heroku-postgresql:premium-0", ["DATABASE", "HEROKU_POSTGRESQL_GREEN"])],
        Formation = new Dictionary<string, int> { ["clock"] = 3 },
        Repository = "niteoweb/dmon",
        Checkout = _checkout,
        MainBranch = "main",
        Base = _base,
        PullRequest = new(7, "Make it faster", "The plan.", "zupo", "faster", _head, ["dz0ny", "ZUPO"], ["ci/tests"]),
        People = ["zupo", "dz0ny", "karantan"],
    };

    // Nothing here depends on a real database, and a simulated one starts at once.
    private Task<SandboxServer> StartAsync(Stage stage) => SandboxServer.StartAsync(
        new() { Directory = _directory, Stage = stage, DatabasesIn = directory => new SimulatedEngine(directory, "PostgreSQL was left out", TimeProvider.System) }, default);

    private async Task<string> CommitAsync(string message)
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=zupo", "-c", "user.email=zupo@example.com", "commit", "--quiet", "-m", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _checkout, RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.That(git.ExitCode, Is.Zero, string.Join(' ', arguments));
        return output.Trim();
    }
}
