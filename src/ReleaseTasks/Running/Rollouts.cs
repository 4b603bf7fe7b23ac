using ReleaseTasks.Journals;
using ReleaseTasks.Options;

namespace ReleaseTasks.Running;

/// <summary>
/// The roll-outs that this checkout remembers: the folders below <c>.release</c>. Rehearsals have a place of their own there, so that none
/// is taken for the real roll-out of the same pull request.
/// </summary>
internal sealed class Rollouts(string folder)
{
    public static Rollouts In(string folder, ReleaseEnvironment environment) =>
        new(Path.Combine(folder, ".release", environment == ReleaseEnvironment.Sandbox ? "sandbox" : ""));

    public string JournalPath(RolloutId rollout) => Path.Combine(folder, rollout.ToString(), "journal.jsonl");

    public string FolderOf(RolloutId rollout) => Path.GetDirectoryName(JournalPath(rollout))!;

    /// <exception cref="JournalException">It is the journal of another roll-out.</exception>
    public RunState Read(RolloutId rollout)
    {
        var path = JournalPath(rollout);
        return Recollection.Of(rollout, Journal.ReadText(path), path, SignedCopy.None, "").State;
    }

    /// <summary>The last attempt at a pull request that this checkout remembers; the first where it remembers none.</summary>
    public RolloutId LastAttempt(string app, int pullRequest) =>
        Ids(app).Where(id => id.PullRequest == pullRequest).MaxBy(id => id.Attempt) ?? RolloutId.Of(app, pullRequest);

    /// <summary>All roll-outs of <paramref name="app"/>, the one that was touched last first.</summary>
    public IReadOnlyList<RunState> Of(string app) =>
        [.. Ids(app).Select(Read).Where(state => state.Exists).OrderByDescending(state => state.LastAt)];

    /// <summary>The one that a run without <c>--pr</c> means: one under way, else the last one.</summary>
    public RunState? Current(string app)
    {
        var all = Of(app);
        return all.FirstOrDefault(state => state.IsUnderWay) ?? (all.Count > 0 ? all[0] : null);
    }

    private IEnumerable<RolloutId> Ids(string app) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateDirectories(folder)
            .Select(path => RolloutId.TryParse(Path.GetFileName(path)))
            .OfType<RolloutId>()
            .Where(id => id.App == app);

    /// <summary>Throws every memory away: those of a sandbox whose world starts anew.</summary>
    public void Forget()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
