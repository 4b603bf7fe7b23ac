using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.GitHub;
using ReleaseTasks.Sandbox.Sample;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>Somebody's later objection counts until the merge was read back.</summary>
[Platform(Exclude = "Win")]
public sealed class Gates_after_a_death
{
    [Test]
    public async Task Are_asked_again_while_nothing_was_changed()
    {
        await using var arena = await DeadAtAsync("GET /client/v11/apps/sushi/transfers");
        Object(arena);

        var run = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Output, Does.Contain("gate 'objections' is closed").And.Not.Contain("when this roll-out began"), "it has begun nothing yet");
    }

    [Test]
    public async Task Are_previewed_as_they_will_be_asked()
    {
        await using var arena = await DeadAtAsync("GET /client/v11/apps/sushi/transfers");
        Object(arena);

        var preview = await arena.RunAsync("--target=Plan", $"--pr={Example.Complex.PullRequest}");

        Assert.That(preview.Output, Does.Contain("gate 'objections' is closed").And.Contain("Put that right, then: ./build.sh --target=Plan"), preview.ToString());
    }

    [TestCase("POST /client/v11/databases/*/backups")]
    [TestCase("POST /apps/sushi/addons")]
    [TestCase("POST /slack/*")]
    public async Task Are_asked_again_while_it_was_only_prepared(string request)
    {
        await using var arena = await DeadAtAsync(request);
        Object(arena);

        var stopped = await arena.RunAsync(Example.Complex.Deploy);
        Agree(arena);
        var finished = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(stopped.ExitCode, Is.EqualTo(3), stopped.ToString());
        Assert.That(stopped.Output, Does.Contain("gate 'objections' is closed"));
        Assert.That(finished.ExitCode, Is.Zero, finished.ToString());
    }

    [TestCase("objection", "gate 'objections' is closed: karantan requests changes.")]
    [TestCase("other base", "gate 'target' is closed: it goes to 'develop', and roll-outs start from 'master'.")]
    [TestCase("another's merge", "gate 'state' is closed: #3 was merged by dz0ny, and only its author merges.")]
    public async Task Are_asked_once_more_right_before_the_merge(string deed, string words)
    {
        var arena = (Arena?)null;
        await using var opened = arena = await Arena.OpenAsync(meddle: async (context, next) =>
        {
            if (context.Request.Method == "POST" && context.Request.Path.StartsWithSegments("/slack", StringComparison.Ordinal))
            {
                await DoAsync(deed, arena!);
            }

            await next(context);
        });
        var before = (await MasterAsync(arena), Slug(arena));

        var stopped = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(stopped.ExitCode, Is.EqualTo(3), stopped.ToString());
        Assert.That(stopped.Output, Does.Contain($"!! {words}").And.Contain("is open to visitors").And.Contain("Next: ./build.sh --target=Deploy"));
        Assert.That(stopped.Errors, Does.Contain("closed by now. This run merged nothing; what was done so far stays."));
        Assert.That((await MasterAsync(arena), Slug(arena)), Is.EqualTo(before), "nothing was merged, nothing was released");
        Assert.That(Proposed(arena).Pull!.MergedBy is not null, Is.EqualTo(deed == "another's merge"));
    }

    [Test]
    public async Task Are_not_asked_again_once_it_is_merged()
    {
        await using var arena = await DeadAtAsync("PUT /api/v3/repos/zupo/sushi/pulls/*/merge");
        Object(arena);

        var run = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("None of the 19 gates is asked again."));
    }

    private static async Task<Arena> DeadAtAsync(string request)
    {
        var arena = await Arena.OpenAsync(faults: new Fault { On = request, Do = "cut-power" });
        var run = await arena.RunAsync(Example.Complex.Deploy);
        Assert.That(run.ExitCode, Is.EqualTo(Death.ExitCode), run.ToString());
        return arena;
    }

    private static async Task DoAsync(string deed, Arena arena)
    {
        switch (deed)
        {
            case "objection":
                Object(arena);
                break;
            case "other base":
                await GitHub(arena).Open(Sample(arena)).TryCreateRefAsync("refs/heads/develop", await MasterAsync(arena), default);
                Proposed(arena).Pull!.Base = "develop";
                break;
            case "another's merge":
                GitHub(arena).RecordMerge(Sample(arena), Proposed(arena), "dz0ny", Proposed(arena).Pull!.HeadSha);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(deed), deed, "unknown");
        }
    }

    private static async Task<string> MasterAsync(Arena arena) => (await GitHub(arena).Open(Sample(arena)).FindCommitAsync("refs/heads/master", default))!;

    private static Guid? Slug(Arena arena) => arena.Sandbox.World.Heroku.Store.Read(world => world.FindApp("sushi")!.Current!.Slug);

    private static void Object(Arena arena) => GitHub(arena).RequestChanges(Proposed(arena), "karantan", "Not today.");

    private static void Agree(Arena arena) => GitHub(arena).Approve(Proposed(arena), "karantan");

    private static GitHubWorld GitHub(Arena arena) => arena.Sandbox.World.GitHub.World;

    private static ReleaseTasks.Sandbox.GitHub.Repository Sample(Arena arena) => GitHub(arena).FindRepository(SampleRepository.Owner, SampleRepository.Name)!;

    private static Issue Proposed(Arena arena) => Sample(arena).Issues.Single(issue => issue.Number == Example.Complex.PullRequest);
}
