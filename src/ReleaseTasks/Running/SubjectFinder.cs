using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;

namespace ReleaseTasks.Running;

/// <summary>
/// Finds what a run is about: <c>--pr</c> where given, else the pull request that a workflow runs for, else the roll-out under way, else the only
/// open pull request, else the last roll-out.
/// </summary>
/// <param name="workflow">The pull request that the GitHub workflow around us runs for; null for none.</param>
internal sealed class SubjectFinder(ReleaseOptions options, ReleaseArguments arguments, IGitHub github, Memory memory, IReadOnlyList<IStepRecogniser> recognisers, int? workflow)
{
    /// <summary>Why GitHub's memory of roll-outs couldn't be read; null where it could.</summary>
    private string? _unremembered;

    public async Task<RolloutSubject> FindAsync(CancellationToken ct)
    {
        if ((arguments.PullRequest ?? workflow) is { } number)
        {
            return await FromPullRequestAsync(number, ct);
        }

        var current = await RecallAsync(async () => (await memory.CurrentAsync(ct))?.Trusted, () => memory.CurrentHere);
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
        var last = await RecallAsync(() => memory.LastAttemptAsync(number, ct), () => memory.LastAttemptHere(number));

        // What isn't merged can be attempted again; GitHub wouldn't take a second pull request for the same branch.
        var known = last.Trusted.RolledBack is not null && pullRequest.State != PullRequestState.Merged
            ? Recollection.None(last.Id.Next)
            : last;
        var state = known.Trusted;
        var isPrepared = state.HasTouchedTheWorld && Preparation.IsAll(state) && CommitSha.Parse(state.Start!.HeadSha) != pullRequest.Head;
        var begun = state.HasTouchedTheWorld && !isPrepared ? state.Start : null;
        var markdown = begun is null ? pullRequest.Body : WholePlanOf(begun);
        var head = CommitSha.Parse(begun?.HeadSha) ?? pullRequest.Head;
        var reading = PlanMarkdown.Parse(markdown, recognisers);
        return new(known.Id, $"#{number}", pullRequest, head, markdown, reading, state)
        {
            Memory = known,
            Unremembered = _unremembered,
            Preparation = isPrepared ? Preparation.For(state, PreparedBy(state.Start!), reading.Plan) : null,
        };
    }

    /// <summary>The plan that a roll-out was prepared by; null where this checkout has it masked, or this version can't read it.</summary>
    private RolloutPlan? PreparedBy(RolloutStarted prepared) =>
        prepared.WholePlan is null ? PlanMarkdown.Parse(prepared.Plan, recognisers).Plan : null;

    /// <summary>Whoever only looks can do with what this checkout remembers; nothing is begun by it, for gate <c>lock</c> is closed then.</summary>
    private async Task<T> RecallAsync<T>(Func<Task<T>> everywhere, Func<T> here)
    {
        try
        {
            return await everywhere();
        }
        catch (GitHubException e)
        {
            _unremembered = ForeignText.WordsOf(e);
            return here();
        }
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
