using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>
/// Finds what a run is about: <c>--pr</c> where given, else the pull request that a workflow runs for, else the roll-out under way, else the only
/// open pull request, else the last roll-out.
/// </summary>
/// <param name="workflow">The pull request that the GitHub workflow around us runs for; null for none.</param>
internal sealed class SubjectFinder(ReleaseOptions options, ReleaseArguments arguments, IGitHub github, Memory memory, IReadOnlyList<IStepRecogniser> recognisers, int? workflow)
{
    public async Task<RolloutSubject> FindAsync(CancellationToken ct)
    {
        if ((arguments.PullRequest ?? workflow) is { } number)
        {
            return await FromPullRequestAsync(number, ct);
        }

        var current = (await memory.CurrentAsync(ct))?.Trusted;
        return current is { IsUnderWay: true, Start.PullRequest: { } underWay }
            ? await FromPullRequestAsync(underWay, ct)
            : await FromOpenPullRequestsAsync(current, ct);
    }

    private async Task<RolloutSubject> FromOpenPullRequestsAsync(RunState? last, CancellationToken ct)
    {
        var open = (await github.ListOpenPullRequestsAsync(ct)).Where(p => p.BaseRef == options.MainBranch && !p.IsWorkInProgress).ToList();
        return (open, last) switch
        {
            ([var only], _) => await FromPullRequestAsync(only.Number, ct),
            ([], { Start.PullRequest: { } number }) => await FromPullRequestAsync(number, ct),
            ([], _) => throw new RefusedException($"{options.Repository} has no open pull request into {options.MainBranch}. Nothing was changed. Open one, or name one with --pr=N."),
            _ => throw new RefusedException(
                $"{options.Repository} has {open.Count} open pull requests. Nothing was changed. Name one:" +
                string.Concat(open.Select(p => $"{Environment.NewLine}  --pr={p.Number}   {p.Title}"))),
        };
    }

    private async Task<RolloutSubject> FromPullRequestAsync(int number, CancellationToken ct)
    {
        var pullRequest = await github.GetPullRequestAsync(number, ct);
        var last = await memory.LastAttemptAsync(number, ct);

        // What isn't merged can be attempted again; GitHub wouldn't take a second pull request for the same branch.
        var known = last.Trusted.RolledBack is not null && pullRequest.State != PullRequestState.Merged
            ? Recollection.None(last.Id.Next)
            : last;
        var state = known.Trusted;
        var begun = state.HasTouchedTheWorld ? state.Start : null;
        var markdown = begun is null ? pullRequest.Body : WholePlanOf(begun);
        var head = CommitSha.Parse(begun?.HeadSha) ?? pullRequest.Head;
        var reading = PlanMarkdown.Parse(markdown, recognisers);
        return new(known.Id, $"#{number}", pullRequest, head, markdown, reading, state) { Memory = known };
    }

    private static string WholePlanOf(RolloutStarted begun) => begun.WholePlan is null ? begun.Plan : throw new RefusedException(
        $"{begun.Rollout} began with a plan that holds a secret, so its words are masked in the journal's copy, and #{begun.PullRequest} " +
        "reads otherwise by now. Nothing was changed. " +
        $"Put unmasked.json, which lies beside the journal on {begun.Host}, beside this one; or give the description its words back.");

    /// <summary>A plan in a file, to look at: nothing is asked of anyone.</summary>
    public static async Task<RolloutSubject> FromFileAsync(string app, string file, string folder, IReadOnlyList<IStepRecogniser> recognisers, CancellationToken ct)
    {
        var path = Path.GetFullPath(file, folder);
        if (!File.Exists(path))
        {
            throw new RefusedException($"--plan={file}: there is no such file in {folder}. Nothing was changed.");
        }

        var markdown = await File.ReadAllTextAsync(path, ct);
        var id = RolloutId.Of(app, TimeProvider.System.GetUtcNow());
        return new(id, file, null, null, markdown, PlanMarkdown.Parse(markdown, recognisers), RunState.Empty);
    }
}
