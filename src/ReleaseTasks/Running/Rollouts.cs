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

    /// <param name="app">Its app.</param>
    /// <param name="pullRequest">Null for what the ids of all the app's roll-outs begin with.</param>
    public static string IdOf(string app, int? pullRequest) => $"{app}-pr{pullRequest}";

    public string JournalPath(string rollout) => Path.Combine(folder, rollout, "journal.jsonl");

    public RunState Read(string rollout) => Journal.Read(JournalPath(rollout));

    /// <summary>All roll-outs of <paramref name="app"/>, the one that was touched last first.</summary>
    public IReadOnlyList<RunState> Of(string app) =>
        !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateDirectories(folder)
                .Select(path => Journal.Read(Path.Combine(path, "journal.jsonl")))
                .Where(state => state.Start?.App == app)
                .OrderByDescending(state => state.LastAt)];

    /// <summary>The one that a run without <c>--pr</c> means: one under way, else the last one.</summary>
    public RunState? Current(string app)
    {
        var all = Of(app);
        return all.FirstOrDefault(state => state.IsUnderWay) ?? (all.Count > 0 ? all[0] : null);
    }

    /// <summary>Throws every memory away: those of a sandbox whose world starts anew.</summary>
    public void Forget()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
