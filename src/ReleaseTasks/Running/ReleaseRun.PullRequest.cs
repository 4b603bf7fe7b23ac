using System.Net;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Writing;

namespace ReleaseTasks.Running;

/// <content>The beginning of a roll-out: a pull request whose description is the plan.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>Opens the pull request, or updates the one that this branch has: running it again makes no second one.</summary>
    /// <param name="currentBranch">Asked where <c>--branch</c> names none.</param>
    public async Task CreatePullRequestAsync(Func<string> currentBranch, CancellationToken ct)
    {
        var file = arguments.PlanFile is { } path ? new Description((await SubjectFinder.FromFileAsync(options.App, path, folder, Recognisers, ct)).Markdown) : null;
        var github = (await ServicesAsync(ct)).GitHub;
        await TryToLearnAsync(Journals.RunState.Empty, ct);
        var branch = await BranchAsync(currentBranch, github, ct);
        var open = (await github.ListOpenPullRequestsAsync(ct)).FirstOrDefault(p => p.HeadRef == branch && p.BaseRef == options.MainBranch);
        var (title, content) = await new Author(arguments, github, Terminal, screen.Say).WriteAsync(branch, options.MainBranch, file, open, ct);
        var pullRequest = open is null ? await OpenAsync(github, branch, title, content, ct) : await UpdateAsync(github, open.Number, title, content, ct);
        await RequestReviewsAsync(github, pullRequest, ct);
        screen.Say($"#{pullRequest.Number} {(open is null ? "is open" : "is up to date")}: {pullRequest.Url}");
    }

    private async Task<string> BranchAsync(Func<string> currentBranch, IGitHub github, CancellationToken ct)
    {
        var branch = arguments.Branch ?? currentBranch();
        if (branch == options.MainBranch)
        {
            throw new RefusedException($"This is {branch}, the branch that pull requests go to. Nothing was changed. Name another with --branch=NAME.");
        }

        return await github.FindBranchAsync(branch, ct) is null
            ? throw new RefusedException($"{options.Repository} has no branch {branch}. Nothing was changed. Push it first: git push -u origin {branch}")
            : branch;
    }

    private async Task<PullRequest> OpenAsync(IGitHub github, string branch, string title, Content content, CancellationToken ct)
    {
        var body = content.Render(null);
        await RefuseBadDescriptionAsync(body, title, null, ct);
        return await github.CreatePullRequestAsync(new NewPullRequest(title, body, branch, options.MainBranch), ct);
    }

    /// <summary>Writes into the newest description: whoever edits it while answers are typed loses nothing.</summary>
    private async Task<PullRequest> UpdateAsync(IGitHub github, int number, string title, Content content, CancellationToken ct)
    {
        while (true)
        {
            var found = await github.GetPullRequestAsync(number, ct);
            var body = content.Render(found.Body);
            await RefuseBadDescriptionAsync(body, title, found, ct);
            if ((await github.GetPullRequestAsync(number, ct)).Body == found.Body)
            {
                return body == found.Body && title == found.Title ? found : await github.UpdatePullRequestAsync(number, title, body, ct);
            }
        }
    }

    private async Task RefuseBadDescriptionAsync(string body, string title, PullRequest? pullRequest, CancellationToken ct)
    {
        var source = pullRequest is null ? "the description" : $"#{pullRequest.Number}";
        var draft = RolloutId.Of(options.App, _services!.Time.GetUtcNow());
        var subject = new RolloutSubject(draft, source, pullRequest, null, body, PlanMarkdown.Parse(body, Recognisers), RunState.Empty);
        var world = await new WorldReader(subject, options, Tasks, redactor.Exposes).ReadAsync(_services!, ct);
        RefuseBadPlan(subject, PlanLint.Check(subject.Reading, world with { Title = title }));
        if (redactor.Exposes(title))
        {
            throw new RefusedException(
                "--title: it holds what a config var of the app keeps secret, and everybody who can read the pull request can read it. " +
                "Nothing was changed. Leave it out, and give the app another one.");
        }
    }

    /// <summary>Everyone but the author, whom GitHub refuses, and those who are asked already or have answered.</summary>
    private async Task RequestReviewsAsync(IGitHub github, PullRequest pullRequest, CancellationToken ct)
    {
        var asked = (await github.ListReviewsAsync(pullRequest.Number, ct)).Select(review => review.Reviewer).Concat(pullRequest.RequestedReviewers).Append(pullRequest.Author).OfType<Person>().ToList();
        var missing = options.Reviewers.Where(login => !asked.Any(person => person.IsCalled(login))).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            await github.RequestReviewersAsync(pullRequest.Number, missing, ct);
            screen.Say($"Asked for a review: {string.Join(", ", missing)}.");
        }
        catch (GitHubException e) when (e.Status == HttpStatusCode.UnprocessableEntity && missing.Count > 1)
        {
            // One stranger among them fails the whole request.
            await RequestOneByOneAsync(github, pullRequest.Number, missing, ct);
        }
    }

    private async Task RequestOneByOneAsync(IGitHub github, int number, IEnumerable<string> logins, CancellationToken ct)
    {
        foreach (var login in logins)
        {
            try
            {
                await github.RequestReviewersAsync(number, [login], ct);
                screen.Say($"Asked for a review: {login}.");
            }
            catch (GitHubException e) when (e.Status == HttpStatusCode.UnprocessableEntity)
            {
                screen.Say($"{login} can't be asked for a review: {ForeignText.Quote(e.Reason)}");
            }
        }
    }
}
