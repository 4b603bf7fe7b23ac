using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Running;

/// <summary>
/// Finds what a run is about: <c>--pr</c> where given, else the roll-out under way, else the only open pull request,
/// else the last roll-out.
/// </summary>
internal sealed class SubjectFinder(ReleaseOptions options, ReleaseArguments arguments, Rollouts rollouts, string folder)
{
    public async Task<RolloutSubject> FindAsync(IGitHub github, CancellationToken ct)
    {
        if (arguments.PullRequest is { } number)
        {
            return await FromPullRequestAsync(github, number, ct);
        }

        var current = rollouts.Current(options.App);
        return current is { IsUnderWay: true, Start.PullRequest: { } underWay }
            ? await FromPullRequestAsync(github, underWay, ct)
            : await FromOpenPullRequestsAsync(github, current, ct);
    }

    private async Task<RolloutSubject> FromOpenPullRequestsAsync(IGitHub github, RunState? last, CancellationToken ct)
    {
        var open = (await github.ListOpenPullRequestsAsync(ct)).Where(p => p.BaseRef == options.MainBranch && !p.IsWorkInProgress).ToList();
        return (open, last) switch
        {
            ([var only], _) => await FromPullRequestAsync(github, only.Number, ct),
            ([], { Start.PullRequest: { } number }) => await FromPullRequestAsync(github, number, ct),
            ([], _) => throw new RefusedException($"{options.Repository} has no open pull request into {options.MainBranch}. Nothing was changed. Open one, or name one with --pr=N."),
            _ => throw new RefusedException(
                $"{options.Repository} has {open.Count} open pull requests. Nothing was changed. Name one:" +
                string.Concat(open.Select(p => $"{Environment.NewLine}  --pr={p.Number}   {p.Title}"))),
        };
    }

    private async Task<RolloutSubject> FromPullRequestAsync(IGitHub github, int number, CancellationToken ct)
    {
        var pullRequest = await github.GetPullRequestAsync(number, ct);
        var id = Rollouts.IdOf(options.App, number);
        var state = rollouts.Read(id);
        return Read(id, $"#{number}", pullRequest, CommitSha.Parse(state.Start?.HeadSha) ?? pullRequest.Head, state.Start?.Plan ?? pullRequest.Body, state);
    }

    /// <summary>A plan in a file, to look at: nothing is asked of anyone.</summary>
    public async Task<RolloutSubject> FromFileAsync(string file, CancellationToken ct)
    {
        var path = Path.GetFullPath(file, folder);
        if (!File.Exists(path))
        {
            throw new RefusedException($"--plan={file}: there is no such file in {folder}. Nothing was changed.");
        }

        return Read($"{options.App}-{Path.GetFileNameWithoutExtension(path)}", file, null, null, await File.ReadAllTextAsync(path, ct), RunState.Empty);
    }

    private static RolloutSubject Read(string id, string source, PullRequest? pullRequest, CommitSha? head, string markdown, RunState state)
    {
        var reading = PlanMarkdown.Parse(markdown);
        return reading.Plan is { } plan
            ? new(id, source, pullRequest, head, markdown, plan, state)
            : throw new RefusedException(
                string.Join(Environment.NewLine, PlanLint.Check(reading, PlanWorld.Unknown).Select(problem => problem.Render(source))) +
                $"{Environment.NewLine}The plan can't be carried out. Nothing was changed. Put its text right and run the same command again.");
    }
}
