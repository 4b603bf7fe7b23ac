using System.Globalization;
using System.Text.Json;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Running;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Tests.Running;

/// <summary>Against the sandbox's real git refs. <c>LOCK_ROUNDS=1000</c> asks for more rounds of the contest.</summary>
public sealed class Locking_an_app
{
    private const int Contenders = 50;
    private static readonly DateTimeOffset Morning = new(2026, 1, 23, 9, 0, 0, TimeSpan.Zero);
    private static readonly RefName Ref = new("refs/release-locks/sushi");

    private string _folder = "";
    private SandboxServer _sandbox = null!;
    private OctokitGitHub _github = null!;
    private CommitSha _head = null!;

    [OneTimeSetUp]
    public async Task Start_a_sandbox()
    {
        _folder = Directory.CreateTempSubdirectory("lock-").FullName;

        // Its hours fly: the contest asks for more than GitHub answers in one of ours.
        _sandbox = await SandboxServer.StartAsync(new() { Directory = _folder, Speed = 100_000 }, default);
        _github = Connect();
        _head = await _github.FindBranchAsync("master", default) ?? throw new InvalidOperationException("The sample repository has a master.");
    }

    [OneTimeTearDown]
    public async Task Stop_it()
    {
        _github.Dispose();
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TearDown]
    public async Task Free_the_app() => await _github.DeleteRefAsync(Ref, default);

    [Test]
    public async Task Gives_it_to_exactly_one_of_fifty()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("LOCK_ROUNDS") ?? "3", CultureInfo.InvariantCulture);
        for (var round = 1; round <= rounds; round++)
        {
            // Half of them are runs of one roll-out, from as many checkouts: a living run isn't taken over by its twin either.
            var locks = Enumerable.Range(0, Contenders).Select(i => LockFor(i % 2 == 0 ? "sushi-pr3" : $"sushi-pr{i}")).ToList();
            var won = await Task.WhenAll(locks.Select(TakesAsync));

            Assert.That(won.Count(winner => winner), Is.EqualTo(1), $"winners of round {round}");
            await locks[Array.IndexOf(won, true)].ReleaseAsync(default);
            Assert.That(await _github.FindRefAsync(Ref, default), Is.Null);
            await Task.WhenAll(locks.Select(one => one.DisposeAsync().AsTask()));
        }

        await TestContext.Out.WriteLineAsync($"Lock: {rounds} rounds of {Contenders} contenders, one winner each.");
    }

    [Test]
    public async Task Tells_others_who_has_it_and_since_when()
    {
        await HoldAsync(Text("dz0ny", "laptop", "sushi-pr7", heartbeat: Morning));
        await using var mine = LockFor("sushi-pr3");

        Assert.That(() => mine.TakeAsync(_head, default), Throws.TypeOf<GateClosedException>().With.Message
            .Match(@"^sushi is locked by dz0ny on laptop for sushi-pr7 since 2026-01-23 09:00 UTC, last heard of \d+ minutes ago\. Nothing was changed\."));
    }

    [Test]
    public async Task Is_blocked_by_a_lock_that_nobody_can_read()
    {
        await HoldAsync("mine!");
        await using var mine = LockFor("sushi-pr3");

        Assert.That(() => mine.TakeAsync(_head, default), Throws.TypeOf<GateClosedException>().With.Message.Contains("someone whose lock can't be read"));
    }

    [Test]
    public async Task Is_taken_over_from_a_dead_run_of_the_same_roll_out()
    {
        await HoldAsync(Text("zupo", Environment.MachineName, "sushi-pr3", heartbeat: Morning, process: new { Id = Environment.ProcessId, Started = Morning.AddYears(-1) }));
        await using var mine = LockFor("sushi-pr3");

        await mine.TakeAsync(_head, default);

        await mine.EnsureHeldAsync(default);
        Assert.That((await _github.ReadNoteAsync((await _github.FindRefAsync(Ref, default))!, default)).Text, Does.Contain("\"since\":\"2026-01-23T09:00:00+00:00\""), "the roll-out's own beginning");
    }

    [Test]
    public async Task Is_not_taken_over_while_the_other_machine_gives_signs_of_life()
    {
        await HoldAsync(Text("zupo", "elsewhere", "sushi-pr3", heartbeat: TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1)));
        await using var mine = LockFor("sushi-pr3");

        Assert.That(() => mine.TakeAsync(_head, default), Throws.TypeOf<GateClosedException>().With.Message.Contains("zupo on elsewhere"));
    }

    [Test]
    public async Task Stops_a_run_whose_lock_was_broken()
    {
        await using var mine = LockFor("sushi-pr3");
        await mine.TakeAsync(_head, default);
        await using var person = LockFor(null);
        Assert.That(await person.BreakAsync(default), Does.Contain("sushi-pr3"));
        await using var next = LockFor("sushi-pr7");
        await next.TakeAsync(_head, default);

        Assert.That(() => mine.EnsureHeldAsync(default), Throws.TypeOf<StepFailedException>());
        await mine.ReleaseAsync(default);
        await next.EnsureHeldAsync(default);
    }

    private RolloutLock LockFor(string? rollout) =>
        new(_github, "sushi", rollout is null ? null : RolloutId.Parse(rollout), TimeProvider.System);

    private async Task<bool> TakesAsync(RolloutLock contender)
    {
        try
        {
            await contender.TakeAsync(_head, default);
            return true;
        }
        catch (GateClosedException)
        {
            return false;
        }
    }

    private static string Text(string owner, string host, string rollout, DateTimeOffset heartbeat, object? process = null) =>
        JsonSerializer.Serialize(new { owner, host, rollout, since = Morning, heartbeat, process }, JsonSerializerOptions.Web);

    private async Task HoldAsync(string text) => await _github.CreateRefAsync(Ref, await _github.WriteNoteAsync(text, _head, null, default), default);

    private OctokitGitHub Connect() => new(
        new()
        {
            Repository = RepositoryName.Parse("zupo/sushi")!,
            Address = new(_sandbox.Environment["GITHUB_API_URL"]),
            Token = _sandbox.Environment["GITHUB_TOKEN"],
        },
        TimeProvider.System,
        text => text,
        _ => { });
}
