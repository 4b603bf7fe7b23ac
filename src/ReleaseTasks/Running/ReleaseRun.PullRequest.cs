using ReleaseTasks.GitHub;

namespace ReleaseTasks.Running;

/// <content>The beginning of a roll-out: a pull request whose description is the plan.</content>
internal sealed partial class ReleaseRun
{
    private const string WorkInProgressTitle = "[WIP] ";
    private const string WorkInProgressNotice = "**Work In Progress, do not merge**";

    /// <summary>Opens the pull request, or updates the one that this branch has: running it again makes no second one.</summary>
    /// <param name="currentBranch">Asked where <c>--branch</c> names none.</param>
    public async Task CreatePullRequestAsync(Func<string> currentBranch, CancellationToken ct)
    {
        if (arguments is not { PlanFile: { } file, Title: { } title })
        {
            throw new RefusedException("--plan=FILE and --title='…' are both needed: the description, and what the pull request is called. Nothing was changed.");
        }

        var subject = await SubjectFinder.FromFileAsync(options.App, file, folder, ct);
        var (fullTitle, body) = arguments.IsWorkInProgress
            ? (WorkInProgressTitle + title, $"{WorkInProgressNotice}\n\n{subject.Markdown}")
            : (title, subject.Markdown);
        RefuseBadPlan(subject, new WorldReader(subject, options).Offline with { Title = fullTitle });

        var branch = arguments.Branch ?? currentBranch();
        if (branch == options.MainBranch)
        {
            throw new RefusedException($"This is {branch}, the branch that pull requests go to. Nothing was changed. Name another with --branch=NAME.");
        }

        var github = (await ServicesAsync(ct)).GitHub;
        var open = (await github.ListOpenPullRequestsAsync(ct)).FirstOrDefault(p => p.HeadRef == branch && p.BaseRef == options.MainBranch);
        var pullRequest = open is null
            ? await github.CreatePullRequestAsync(new NewPullRequest(fullTitle, body, branch, options.MainBranch), ct)
            : await github.UpdatePullRequestAsync(open.Number, fullTitle, body, ct);
        await RequestReviewsAsync(github, pullRequest, ct);
        screen.Say($"#{pullRequest.Number} {(open is null ? "is open" : "is up to date")}: {pullRequest.Url}");
    }

    /// <summary>Everyone but the author, whom GitHub refuses, and those who are asked already.</summary>
    private async Task RequestReviewsAsync(IGitHub github, PullRequest pullRequest, CancellationToken ct)
    {
        var missing = options.Reviewers
            .Where(login => pullRequest.Author?.IsCalled(login) != true && !pullRequest.RequestedReviewers.Any(person => person.IsCalled(login)))
            .ToList();
        if (missing.Count > 0)
        {
            await github.RequestReviewersAsync(pullRequest.Number, missing, ct);
            screen.Say($"Asked for a review: {string.Join(", ", missing)}.");
        }
    }
}
