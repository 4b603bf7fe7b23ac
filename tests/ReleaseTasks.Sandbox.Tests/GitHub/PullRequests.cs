using System.Net;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class PullRequests
{
    [Test]
    public async Task Tell_whether_they_can_be_merged_only_when_asked_a_second_time()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var first = await zupo.AskAsync("pulls/1");
        var second = await zupo.AskAsync("pulls/1");

        Assert.That((first.Text("mergeable"), first.Text("mergeable_state")), Is.EqualTo(((string?)null, "unknown")));
        Assert.That((second.Text("mergeable"), second.Text("mergeable_state")), Is.EqualTo(("true", "clean")));
        Assert.That(await github.Git.FindRefAsync("refs/pull/1/merge", default), Is.Not.Null);
    }

    [Test]
    public async Task Ask_again_after_the_head_or_the_base_has_moved()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        await zupo.AskAsync("pulls/1");
        await github.CommitAsync("master", "README", "one\ntwo\nfive\n");

        var states = new[] { await zupo.AskAsync("pulls/1"), await zupo.AskAsync("pulls/1") }.Select(answer => answer.Text("mergeable_state"));

        Assert.That(states, Is.EqualTo(new[] { "unknown", "dirty" }));
    }

    [Test]
    public async Task Are_blocked_until_the_branch_has_what_it_asks_for()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        github.World.Protect(github.Sushi, "master", new() { Approvals = 1, Contexts = ["build"] });
        await zupo.AskAsync("pulls/1");
        var states = new List<string?>();

        states.Add((await zupo.AskAsync("pulls/1")).Text("mergeable_state"));
        github.World.Approve(github.Pull, "gurvankervern"); // may not write: doesn't count
        github.World.SetStatus(github.Sushi, github.Head, "build", "success");
        states.Add((await zupo.AskAsync("pulls/1")).Text("mergeable_state"));
        github.World.Approve(github.Pull, "dz0ny");
        states.Add((await zupo.AskAsync("pulls/1")).Text("mergeable_state"));
        github.World.SetStatus(github.Sushi, github.Head, "lint", "pending");
        states.Add((await zupo.AskAsync("pulls/1")).Text("mergeable_state"));

        Assert.That(states, Is.EqualTo(new[] { "blocked", "blocked", "clean", "unstable" }));
    }

    [Test]
    public async Task Keep_a_bodys_line_breaks_and_have_none_where_it_is_empty()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var kept = await zupo.SendAsync("PATCH", "pulls/1", new { body = "- [x] a\r\n- [ ] b\n" });
        var emptied = await zupo.SendAsync("PATCH", "pulls/1", new { body = "" });

        Assert.That(kept.Text("body"), Is.EqualTo("- [x] a\r\n- [ ] b\n"));
        Assert.That(emptied.Text("body"), Is.Null);
    }

    [Test]
    public async Task Refuse_a_body_of_more_than_65536_characters()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var longest = await zupo.SendAsync("PATCH", "pulls/1", new { body = new string('ž', 65536) });
        var longer = await zupo.SendAsync("PATCH", "pulls/1", new { body = new string('a', 65537), title = "New" });

        Assert.That(longest.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(longer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(longer.Body!["errors"]![0]!.ToJsonString(), Is.EqualTo(
            """{"resource":"Issue","code":"custom","field":"body","message":"body is too long (maximum is 65536 characters)"}"""));
        Assert.That((await zupo.AskAsync("pulls/1")).Text("title"), Is.EqualTo("Count differently"));
    }

    [Test]
    public async Task Refuse_a_conditional_write()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        zupo.DefaultRequestHeaders.IfMatch.ParseAdd("\"any\"");

        Assert.That((await zupo.SendAsync("PATCH", "pulls/1", new { title = "New" })).Status, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task Open_once_per_branch_and_only_where_there_is_something_to_merge()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        await github.CommitAsync("other", "b", "1");

        var opened = await zupo.SendAsync("POST", "pulls", new { title = "Other", head = "zupo:other", @base = "master", body = "text", draft = true });
        var again = await zupo.SendAsync("POST", "pulls", new { title = "Other", head = "other", @base = "master" });
        var missing = await zupo.SendAsync("POST", "pulls", new { title = "Other", head = "nothing", @base = "master" });
        var untitled = await zupo.SendAsync("POST", "pulls", new { head = "other", @base = "master" });
        var empty = await zupo.SendAsync("POST", "pulls", new { title = "Same", head = "master", @base = "topic" });

        Assert.That((opened.Status, opened.Text("number"), opened.Text("draft")), Is.EqualTo((HttpStatusCode.Created, "2", "true")));
        Assert.That(Error(again), Is.EqualTo("A pull request already exists for zupo:other."));
        Assert.That(missing.Body!["errors"]![0]!["field"]!.ToString(), Is.EqualTo("head"));
        Assert.That(untitled.Body!["errors"]![0]!["code"]!.ToString(), Is.EqualTo("missing_field"));
        Assert.That(Error(empty), Does.StartWith("No commits between"));
        Assert.That((await zupo.AskAsync("pulls?state=all")).Body!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Follow_their_branch_and_close_with_it()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var pushed = await github.CommitAsync("topic", "README", "one\n");
        var followed = await zupo.AskAsync("pulls/1");
        await zupo.SendAsync("DELETE", "git/refs/heads/topic", body: null);
        var closed = await zupo.AskAsync("pulls/1");
        var reopened = await zupo.SendAsync("PATCH", "pulls/1", new { state = "open" });

        Assert.That(followed.Text("head", "sha"), Is.EqualTo(pushed));
        Assert.That((closed.Text("state"), closed.Text("merged"), closed.Text("mergeable")), Is.EqualTo(("closed", "false", (string?)null)));
        Assert.That(reopened.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [Test]
    public async Task Show_their_commits_and_files()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var commits = await zupo.AskAsync("pulls/1/commits");
        var files = await zupo.AskAsync("pulls/1/files");

        Assert.That(commits.Body!.AsArray().Select(commit => commit!["sha"]!.ToString()), Is.EqualTo(new[] { github.Head }));
        Assert.That(files.Body![0]!["patch"]!.ToString(), Is.EqualTo("@@ -1,3 +1,3 @@\n one\n two\n-three\n+four"));
    }

    [Test]
    public async Task Can_be_seen_by_nobody_who_may_not_see_the_repository()
    {
        await using var github = await GitHubHost.StartAsync();

        foreach (var client in new[] { github.As("stranger"), github.Anonymous() })
        {
            var answer = await client.AskAsync("pulls/1");

            Assert.That((answer.Status, answer.Text("message")), Is.EqualTo((HttpStatusCode.NotFound, "Not Found")));
            client.Dispose();
        }
    }

    private static string Error(Answer answer) => answer.Body!["errors"]![0]!["message"]!.ToString();
}
