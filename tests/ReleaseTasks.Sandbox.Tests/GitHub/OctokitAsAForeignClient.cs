using System.Text.Json.Nodes;
using Octokit;
using Octokit.Internal;
using ReleaseTasks.Sandbox.Tests.Monitoring;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class OctokitAsAForeignClient
{
    [Test]
    public async Task Walks_a_whole_roll_out()
    {
        await using var github = await GitHubHost.StartAsync();
        var (zupo, dz0ny) = (ClientOf(github, "zupo"), ClientOf(github, "dz0ny"));
        var pull = await zupo.PullRequest.Get("zupo", "sushi", 1);

        await zupo.PullRequest.ReviewRequest.Create("zupo", "sushi", 1, new PullRequestReviewRequest(["dz0ny", "karantan"], []));
        await dz0ny.PullRequest.Review.Create("zupo", "sushi", 1, new PullRequestReviewCreate { Event = PullRequestReviewEvent.Approve, CommitId = pull.Head.Sha });
        await zupo.Repository.Status.Create("zupo", "sushi", pull.Head.Sha, new NewCommitStatus { State = CommitState.Success, Context = "build" });
        await zupo.Git.Reference.Create("zupo", "sushi", new NewReference("refs/release-locks/sushi", pull.Head.Sha));
        await zupo.PullRequest.Update("zupo", "sushi", 1, new PullRequestUpdate { Body = pull.Body.Replace("[ ]", "[x]", StringComparison.Ordinal) });
        var merged = await zupo.PullRequest.Merge("zupo", "sushi", 1, new MergePullRequest { Sha = pull.Head.Sha });
        var deployment = await zupo.Repository.Deployment.Create(
            "zupo", "sushi", new NewDeployment(merged.Sha) { AutoMerge = false, RequiredContexts = [], Payload = new Dictionary<string, string> { ["pull"] = "1" } });
        await zupo.Repository.Deployment.Status.Create("zupo", "sushi", deployment.Id, new NewDeploymentStatus(DeploymentState.Success) { LogUrl = "https://example.com/" });
        await zupo.Issue.Comment.Create("zupo", "sushi", 1, "Done");
        await zupo.Git.Reference.Delete("zupo", "sushi", "refs/release-locks/sushi");

        var after = await zupo.PullRequest.Get("zupo", "sushi", 1);
        Assert.That((after.Merged, after.Body, after.MergeCommitSha), Is.EqualTo((true, "- [x] Merge\r\n", merged.Sha)));
        Assert.That(after.RequestedReviewers.Select(reviewer => reviewer.Login), Is.EqualTo(new[] { "karantan" }));
        Assert.That((await zupo.PullRequest.Review.GetAll("zupo", "sushi", 1)).Single().State.Value, Is.EqualTo(PullRequestReviewState.Approved));
        Assert.That((await zupo.Repository.Status.GetCombined("zupo", "sushi", pull.Head.Sha)).State.Value, Is.EqualTo(CommitState.Success));
        Assert.That((await zupo.Repository.Deployment.Status.GetAll("zupo", "sushi", deployment.Id)).Single().State.Value, Is.EqualTo(DeploymentState.Success));
        Assert.That((await zupo.Issue.Comment.GetAllForIssue("zupo", "sushi", 1)).Single().Body, Is.EqualTo("Done"));
        Assert.That((await zupo.User.Current()).Login, Is.EqualTo("zupo"));
        Assert.That(await zupo.PullRequest.Merged("zupo", "sushi", 1), Is.True);
    }

    [Test]
    public async Task Is_told_each_refusal_by_the_exception_it_has_for_it()
    {
        await using var github = await GitHubHost.StartAsync();
        var zupo = ClientOf(github, "zupo");
        var stranger = ClientOf(github, "stranger");
        var seen = github.Head;
        await github.CommitAsync("topic", "README", "five\n");
        await github.CommitAsync("master", "README", "six\n");

        Assert.That(() => zupo.PullRequest.Merge("zupo", "sushi", 1, new MergePullRequest { Sha = seen }), Throws.TypeOf<PullRequestMismatchException>());
        Assert.That(() => zupo.PullRequest.Merge("zupo", "sushi", 1, new MergePullRequest()), Throws.TypeOf<PullRequestNotMergeableException>());
        Assert.That(() => stranger.PullRequest.Get("zupo", "sushi", 1), Throws.TypeOf<NotFoundException>());
        Assert.That(
            () => zupo.PullRequest.ReviewRequest.Create("zupo", "sushi", 1, new PullRequestReviewRequest(["zupo"], [])),
            Throws.TypeOf<ApiValidationException>());
        Assert.That(
            () => zupo.Git.Reference.Create("zupo", "sushi", new NewReference("refs/heads/topic", seen)),
            Throws.TypeOf<ApiValidationException>().With.Message.EqualTo("Reference already exists"));
    }

    [Test]
    public async Task Reads_its_limits_from_refusals()
    {
        await using var github = await GitHubHost.StartAsync(new(PerHour: 1));
        var zupo = ClientOf(github, "zupo");
        await zupo.User.Current();

        var refused = (await Assert.ThrowsAsync<RateLimitExceededException>(() => zupo.User.Current()))!;

        Assert.That((refused.Limit, refused.Remaining), Is.EqualTo((1, 0)));
        Assert.That(refused.Reset, Is.EqualTo(SampleWorld.Start.AddHours(1)));
    }

    [Test]
    public async Task Gets_nothing_from_the_old_ref_endpoint_when_only_longer_names_match()
    {
        await using var github = await GitHubHost.StartAsync();

        Assert.That(await ClientOf(github, "zupo").Git.Reference.Get("zupo", "sushi", "heads/topi"), Is.Null);
    }

    [Test]
    public async Task Walks_it_in_JavaScript_too()
    {
        await using var github = await GitHubHost.StartAsync();

        var seen = await NodeWalks.RunAsync("GitHub/octokit-walk.mjs", "@octokit/rest", Environment(github));

        var merge = await github.Git.FindCommitAsync("refs/heads/master", default);
        Assert.That(seen.ToJsonString(), Is.EqualTo($$"""
            {"ownReview":"422 Unprocessable Entity","reviews":32,"secondLock":"422 Reference already exists","lock":true,"status":"success","checks":0,"movedHead":"409 Head branch was modified. Review and try the merge again.","mergedTwice":"405 Pull Request is not mergeable","noLock":"422 Reference does not exist","archive":true,"merge":"{{merge}}"}
            """));
        Assert.That(github.Pull.Comments.Single().Body, Is.EqualTo("gone"));
        Assert.That(github.Sushi.Deployments.Single().Statuses.Single().State, Is.EqualTo("success"));
    }

    [Test]
    public async Task Finds_all_that_releases_use()
    {
        await using var github = await GitHubHost.StartAsync();
        var head = await github.CommitAsync("master", "README", "master's own\n");
        await github.CommitAsync("topic", "README", "topic's own\n");

        var seen = await NodeWalks.RunAsync("GitHub/octokit-tour.mjs", "@octokit/rest", Environment(github, ("BASE", head)));

        Assert.That(string.Join('\n', seen.AsObject().Select(s => $"{s.Key}: {Plain(s.Value!)}")), Is.EqualTo("""
            tag: tag
            tree: true
            file: rice
            ahead: 1
            twice: 422 Validation Failed
            listed: ["Add some rice"]
            files: ["added rolls/maki.txt"]
            commits: [true]
            requested: ["dz0ny"]
            author: 422 Review cannot be requested from pull request author.
            reviews: ["DISMISSED", "APPROVED"]
            checkByPerson: 403 You must authenticate via a GitHub App.
            checks: ["success"]
            red: failure
            movedHead: 409 Head branch was modified. Review and try the merge again.
            conflict: 405 Pull Request is not mergeable
            notYet: 404 Not Found
            merged: 204
            squashed: Rice
            deployed: ["success", "in_progress"]
            comments: [31, 30]
            issue: closed
            branch: 404 Not Found
            me: zupo
            other: dz0ny
            nobody: 404 Not Found
            rights: admin
            collaborator: 404 Not Found
            collaborators: true
            stranger: 401 Bad credentials
            left: true
            """));
    }

    private static string Plain(JsonNode value) => value is JsonArray list ? $"[{string.Join(", ", list.Select(i => i!.ToJsonString()))}]" : value.ToString().TrimEnd('\n');

    private static Dictionary<string, string> Environment(GitHubHost github, params (string Name, string Value)[] more) => new(more.Select(m => KeyValuePair.Create(m.Name, m.Value)))
    {
        ["GITHUB_API_URL"] = new Uri(github.Address, "/api/v3").ToString(),
        ["ZUPO"] = github.World.FindAccount("zupo")!.Token,
        ["DZ0NY"] = github.World.FindAccount("dz0ny")!.Token,
        ["CHECKER"] = github.World.FindAccount("checker[bot]")!.Token,
    };

    private static GitHubClient ClientOf(GitHubHost github, string login) =>
        new(new ProductHeaderValue("tests"), new InMemoryCredentialStore(new Credentials(github.World.FindAccount(login)!.Token)), github.Address);
}
