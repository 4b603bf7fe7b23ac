using System.Text.Json.Nodes;

namespace ReleaseTasks.EndToEnd.RollOuts;

/// <summary>One story, told once: a newcomer plans, deploys, deploys again, verifies and rolls back. Each test looks at one part of it.</summary>
[Platform(Exclude = "Win")]
public sealed class Deploying_the_sample
{
    private Checkout _checkout = null!;
    private Finished _planned = null!;
    private Finished _rehearsedDry = null!;
    private Finished _deployed = null!;
    private Finished _deployedAgain = null!;
    private Finished _verified = null!;
    private Finished _status = null!;
    private Finished _undoneWithoutAWord = null!;
    private Finished _undone = null!;
    private Finished _deployedAfterwards = null!;
    private World _before = null!;
    private World _after = null!;
    private World _afterAgain = null!;
    private World _back = null!;

    [OneTimeSetUp]
    public async Task Tell_the_story()
    {
        _checkout = await Checkout.CreateAsync(default);
        _rehearsedDry = await _checkout.RunAsync("--target=Deploy", "--dryrun");
        _planned = await _checkout.RunAsync("--target=Plan");
        _before = await World.OfAsync(_checkout);
        _deployed = await _checkout.RunAsync("--target=Deploy");
        _after = await World.OfAsync(_checkout);
        _deployedAgain = await _checkout.RunAsync("--target=Deploy");
        _verified = await _checkout.RunAsync("--target=Verify");
        _status = await _checkout.RunAsync("--target=Status");
        _undoneWithoutAWord = await _checkout.RunAsync("--target=Rollback");
        _afterAgain = await World.OfAsync(_checkout);
        _undone = await _checkout.RunAsync("--target=Rollback", "--confirm=sushi");
        _back = await World.OfAsync(_checkout);
        _deployedAfterwards = await _checkout.RunAsync("--target=Deploy");
    }

    [OneTimeTearDown]
    public async Task Remove_the_checkout() => await _checkout.DisposeAsync();

    [Test]
    public void Walks_the_tasks_without_touching_anything_when_it_is_a_dry_run()
    {
        Assert.That(_rehearsedDry.ExitCode, Is.Zero, _rehearsedDry.ToString());
        Assert.That(_rehearsedDry.Output, Does.Contain("MergePullRequest"));
    }

    [Test]
    public void Is_planned_with_the_values_that_it_would_change()
    {
        Assert.That(_planned.ExitCode, Is.Zero, _planned.ToString());
        Assert.That(_planned.Output, Does.Contain("config var MYVAR (set, 24 characters) → saved").And.Contain("release v51 → next").And.Contain("maintenance off → on"));
        Assert.That((_before.Releases[0]["version"]!.GetValue<int>(), _before.Merged, _before.Messages), Is.EqualTo((51, false, 0)), "planning changed something");
    }

    [Test]
    public void Ends_with_what_was_done_and_what_to_type_next()
    {
        Assert.That(_deployed.ExitCode, Is.Zero, _deployed.ToString());
        Assert.That(_deployed.Output, Does.Match(@"sushi-pr3 is finished: v51 → v5\d, commit [0-9a-f]{7}\."));
        Assert.That(_deployed.Lines[^2..], Is.EqualTo(["Next: ./build.sh --target=Verify", "Next: ./build.sh --target=Rollback --confirm=sushi"]));
    }

    [Test]
    public void Leaves_the_world_as_it_said()
    {
        var current = _after.Current;
        Assert.That(_deployed.Output, Does.Contain($"sushi runs v{current["version"]} ({current["description"]}) and is open to visitors."));
        Assert.That((_after.Merged, _after.Messages, _after.Maintenance), Is.EqualTo((true, 1, false)));
        Assert.That(_after.MyVar, Is.EqualTo(_before.MyVar));
        Assert.That(_after.Addons, Has.Length.EqualTo(2).And.Some.EqualTo("sushi-pr3-rollback"));
        Assert.That(current["description"]!.GetValue<string>(), Is.EqualTo($"Deploy {_after.MergeCommit[..7]}"));
    }

    [Test]
    public void Is_seen_alike_by_the_official_Heroku_CLI()
    {
        Assume();

        Assert.That(_after.Cli!.Releases, Does.Contain($"v{_after.Current["version"]}").And.Contain($"Deploy {_after.MergeCommit[..7]}"));
        Assert.That(_after.Cli.Maintenance, Is.EqualTo("off"));
        Assert.That(_after.Cli.MyVar, Is.EqualTo(_before.MyVar));
        Assert.That(_after.Cli.Addons, Does.Contain("sushi-pr3-rollback").And.Contain("HEROKU_POSTGRESQL_SILVER"));

        static void Assume()
        {
            if (!Witness.HasHerokuCli)
            {
                Assert.Ignore("The Heroku CLI isn't installed: ./build.sh --target=Tools does it.");
            }
        }
    }

    [Test]
    public void Ticks_the_boxes_of_what_was_done()
    {
        Assert.That(_after.Body, Does.Contain("2. [x] Merge PR into master").And.Contain("6. [x] Disable maintenance mode").And.Contain("7. [ ] After some time destroy DB rollback"));
    }

    [Test]
    public void Does_nothing_the_second_time()
    {
        Assert.That(_deployedAgain.ExitCode, Is.Zero, _deployedAgain.ToString());
        Assert.That(_deployedAgain.Output, Does.Contain("nothing to do"));
        Assert.That((_afterAgain.Releases.Length, _afterAgain.Messages, _afterAgain.Addons.Length), Is.EqualTo((_after.Releases.Length, _after.Messages, _after.Addons.Length)));
    }

    [Test]
    public void Is_verified_as_far_as_a_program_can()
    {
        Assert.That(_verified.ExitCode, Is.EqualTo(5), _verified.ToString());
        Assert.That(_verified.Output, Does.Contain($"run v{_after.Current["version"]} and are up").And.Contain("answered 200").And.Contain("is in it"));
        Assert.That(_verified.Errors, Does.Contain("checks by hand are left"));
    }

    [Test]
    public void Journals_each_step_before_it_is_seen_to_be_done()
    {
        var lines = File.ReadAllLines(_checkout.PathOf(".release", "sandbox", "sushi-pr3", "journal.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        var steps = lines.Where(line => line["event"]!.GetValue<string>() == "step-started").Select(line => line["step"]!.GetValue<string>()).ToList();

        Assert.That(steps.Take(9), Is.EqualTo(
            ["record-state", "backup-config-var:MYVAR", "backup-database", "create-rollback-database", "notify-users", "merge", "maintenance-on", "release", "maintenance-off"]));
        Assert.That(steps, Is.Unique);
        foreach (var step in steps)
        {
            int At(string what) => lines.FindIndex(line => line["event"]!.GetValue<string>() == what && line["step"]?.GetValue<string>() == step);
            Assert.That(At("step-finished"), Is.GreaterThan(At("step-started")), step);
        }
    }

    [Test]
    public void Shows_no_secret_anywhere()
    {
        var said = string.Concat(new[] { _planned, _deployed, _deployedAgain, _verified, _status, _undone }.Select(run => run.Output + run.Errors));
        var written = File.ReadAllText(_checkout.PathOf(".release", "sandbox", "sushi-pr3", "journal.jsonl"));

        foreach (var secret in _after.Secrets.Append(_before.MyVar))
        {
            Assert.That(said + written + _after.Body, Does.Not.Contain(secret));
        }

        Assert.That(OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(_checkout.PathOf(".release", "sandbox", "sushi-pr3", "config-vars.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Is_not_undone_without_a_word()
    {
        Assert.That(_undoneWithoutAWord.ExitCode, Is.EqualTo(2), _undoneWithoutAWord.ToString());
        Assert.That(_undoneWithoutAWord.Errors, Does.Contain("Nothing was changed. Type: ./build.sh --target=Rollback --confirm=sushi"));
    }

    [Test]
    public void Is_undone_to_what_it_was()
    {
        Assert.That(_undone.ExitCode, Is.Zero, _undone.ToString());
        Assert.That(_back.CurrentSlug, Is.EqualTo(_before.CurrentSlug));
        Assert.That((_back.Maintenance, _back.MyVar), Is.EqualTo((false, _before.MyVar)));
        Assert.That(_back.Formation, Is.EqualTo(_before.Formation));
        Assert.That(_back.Primary, Is.EqualTo("sushi-pr3-rollback"));
        Assert.That(_undone.Output, Does.Contain("What was written to the database since"));
    }

    [Test]
    public void Is_refused_after_it_was_undone()
    {
        Assert.That(_deployedAfterwards.ExitCode, Is.EqualTo(2), _deployedAfterwards.ToString());
        Assert.That(_deployedAfterwards.Errors, Does.Contain("was rolled back. Nothing was changed."));
    }

    /// <summary>What anyone can see of the sandbox's world.</summary>
    private sealed record World
    {
        public required JsonNode[] Releases { get; init; }

        public required bool Maintenance { get; init; }

        public required string MyVar { get; init; }

        public required string[] Addons { get; init; }

        public required string Primary { get; init; }

        public required string Formation { get; init; }

        public required bool Merged { get; init; }

        public required string MergeCommit { get; init; }

        public required string Body { get; init; }

        public required int Messages { get; init; }

        public required string[] Secrets { get; init; }

        public CliView? Cli { get; init; }

        public JsonNode Current => Releases.Single(release => release["current"]!.GetValue<bool>());

        public string CurrentSlug => Current["slug"]!["id"]!.GetValue<string>();

        public static async Task<World> OfAsync(Checkout checkout)
        {
            await using var witness = await Witness.OfAsync(checkout);
            var world = await LookAsync(witness);
            Assert.That(await witness.EndAsync(), Is.Zero, "the sandbox's own end");
            return world;
        }

        private static async Task<World> LookAsync(Witness witness)
        {
            var attachments = (await witness.HerokuApiAsync("/apps/sushi/addon-attachments")).AsArray();
            var pullRequest = await witness.GitHubApiAsync("/repos/zupo/sushi/pulls/3");
            return new()
            {
                Releases = [.. (await witness.HerokuApiAsync("/apps/sushi/releases")).AsArray().Select(release => release!).OrderByDescending(release => release["version"]!.GetValue<int>())],
                Maintenance = (await witness.HerokuApiAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>(),
                MyVar = (await witness.HerokuApiAsync("/apps/sushi/config-vars"))["MYVAR"]!.GetValue<string>(),
                Addons = [.. (await witness.HerokuApiAsync("/apps/sushi/addons")).AsArray().Select(addon => addon!["name"]!.GetValue<string>())],
                Primary = attachments.Single(attachment => attachment!["name"]!.GetValue<string>() == "DATABASE")!["addon"]!["name"]!.GetValue<string>(),
                Formation = string.Join(' ', (await witness.HerokuApiAsync("/apps/sushi/formation")).AsArray().Select(type => $"{type!["type"]}={type["quantity"]}").Order()),
                Merged = pullRequest["merged"]!.GetValue<bool>(),
                MergeCommit = pullRequest["merge_commit_sha"]?.GetValue<string>() ?? "",
                Body = pullRequest["body"]!.GetValue<string>(),
                Messages = (await witness.ChatAsync()).AsArray().Count,
                Secrets = [.. witness.Secrets],
                Cli = Witness.HasHerokuCli ? await CliView.OfAsync(witness) : null,
            };
        }
    }

    private sealed record CliView(string Releases, string Maintenance, string MyVar, string Addons)
    {
        public static async Task<CliView> OfAsync(Witness witness) => new(
            await witness.HerokuAsync("releases"), await witness.HerokuAsync("maintenance"), await witness.HerokuAsync("config:get", "MYVAR"), await witness.HerokuAsync("addons"));
    }
}
