using System.Net;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class Merging
{
    [Test]
    public async Task Makes_a_commit_of_both_sides_at_exactly_the_head_that_was_named()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var before = await github.CommitAsync("master", "other", "1");

        var merged = await zupo.SendAsync("PUT", "pulls/1/merge", new { sha = github.Head });

        var commit = await github.Git.ReadCommitAsync(merged.Text("sha")!, default);
        Assert.That(merged.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(commit.Parents, Is.EqualTo(new[] { before, github.Head }));
        Assert.That(commit.Message, Is.EqualTo("Merge pull request #1 from zupo/topic\n\nCount differently"));
        Assert.That(await github.Git.FindCommitAsync("refs/heads/master", default), Is.EqualTo(commit.Id));
        Assert.That((await zupo.AskAsync("pulls/1/merge")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        var pull = await zupo.AskAsync("pulls/1");
        Assert.That(
            (pull.Text("state"), pull.Text("merged"), pull.Text("merged_by", "login"), pull.Text("merge_commit_sha")),
            Is.EqualTo(("closed", "true", "zupo", commit.Id)));
    }

    [Test]
    public async Task Is_refused_with_409_when_the_head_has_moved()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var approved = github.Head;
        await github.CommitAsync("topic", "README", "five\n");

        var answer = await zupo.SendAsync("PUT", "pulls/1/merge", new { sha = approved });

        Assert.That(
            (answer.Status, answer.Text("message")),
            Is.EqualTo((HttpStatusCode.Conflict, "Head branch was modified. Review and try the merge again.")));
        Assert.That((await zupo.AskAsync("pulls/1/merge")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Is_refused_with_405_on_a_conflict_and_changes_nothing()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var before = await github.CommitAsync("master", "README", "one\ntwo\nfive\n");

        var answer = await zupo.SendAsync("PUT", "pulls/1/merge", new { });

        Assert.That((answer.Status, answer.Text("message")), Is.EqualTo((HttpStatusCode.MethodNotAllowed, "Pull Request is not mergeable")));
        Assert.That(await github.Git.FindCommitAsync("refs/heads/master", default), Is.EqualTo(before));
    }

    [Test]
    public async Task Is_refused_with_405_for_each_reason_in_its_own_words()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var reasons = new List<string?>();
        github.World.Protect(github.Sushi, "master", new() { Approvals = 2, Contexts = ["build"] });

        await TryAsync();
        github.World.SetStatus(github.Sushi, github.Head, "build", "failure");
        await TryAsync();
        github.World.SetStatus(github.Sushi, github.Head, "build", "success");
        github.World.Approve(github.Pull, "dz0ny");
        await TryAsync();
        github.World.RequestChanges(github.Pull, "karantan", "no");
        await TryAsync();
        github.World.Protect(github.Sushi, "master", new());
        github.Pull.Pull!.Draft = true;
        await TryAsync();
        github.Pull.Pull.Draft = false;
        github.Sushi.MergeMethods.Remove("merge");
        await TryAsync();

        Assert.That(reasons, Is.EqualTo(new[]
        {
            "Required status check \"build\" is expected.",
            "Required status check \"build\" is failing.",
            "At least 1 approving review is required by reviewers with write access.",
            "Changes have been requested.",
            "Pull Request is still a draft",
            "Merge commits are not allowed on this repository.",
        }));

        async Task TryAsync()
        {
            var answer = await zupo.SendAsync("PUT", "pulls/1/merge", new { sha = github.Head });
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            reasons.Add(answer.Text("message"));
        }
    }

    [Test]
    public async Task Happens_once()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        await zupo.SendAsync("PUT", "pulls/1/merge", new { sha = github.Head });
        var merged = await github.Git.FindCommitAsync("master", default);

        var again = await zupo.SendAsync("PUT", "pulls/1/merge", new { sha = github.Head });

        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(await github.Git.FindCommitAsync("master", default), Is.EqualTo(merged));
    }

    [Test]
    public async Task Needs_the_right_to_push()
    {
        await using var github = await GitHubHost.StartAsync();
        using var reader = github.As("gurvankervern");

        Assert.That((await reader.SendAsync("PUT", "pulls/1/merge", new { sha = github.Head })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("squash")]
    [TestCase("rebase")]
    public async Task Puts_the_branchs_changes_on_top_under_other_commits(string method)
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        await github.CommitAsync("topic", "second", "2");
        var before = await github.CommitAsync("master", "other", "1");

        var merged = await zupo.SendAsync("PUT", "pulls/1/merge", new { sha = github.Head, merge_method = method });

        var log = await github.Git.LogAsync($"{before}..{merged.Text("sha")}", default);
        Assert.That(log.SelectMany(commit => commit.Parents), Has.None.EqualTo(github.Head));
        Assert.That(
            log.Select(commit => commit.Message),
            Is.EqualTo(method == "squash" ? ["Count differently (#1)"] : new[] { "Change second", "Change README" }));
        Assert.That(
            (await github.Git.TreeAsync("master", recursive: true, default)).Select(entry => entry.Path),
            Is.EqualTo(new[] { "README", "other", "second" }));
    }

    [Test]
    public async Task Brings_a_branch_up_to_date_with_a_new_head()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        github.World.Protect(github.Sushi, "master", new() { UpToDate = true });
        var target = await github.CommitAsync("master", "other", "1");
        var head = github.Head;
        await zupo.AskAsync("pulls/1");
        var behind = await zupo.AskAsync("pulls/1");

        var updated = await zupo.SendAsync("PUT", "pulls/1/update-branch", new { expected_head_sha = head });

        Assert.That(behind.Text("mergeable_state"), Is.EqualTo("behind"));
        Assert.That(updated.Status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await github.Git.ReadCommitAsync(github.Head, default)).Parents, Is.EqualTo(new[] { head, target }));
    }
}
