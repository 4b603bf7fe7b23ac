using System.Net;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class Reviews
{
    [Test]
    public async Task Are_all_listed_oldest_first_thirty_a_page()
    {
        await using var github = await GitHubHost.StartAsync();
        using var dz0ny = github.As("dz0ny");
        for (var i = 0; i < 31; i++)
        {
            await dz0ny.SendAsync("POST", "pulls/1/reviews", new { @event = "COMMENT", body = $"{i}" });
        }

        var first = await dz0ny.AskAsync("pulls/1/reviews");
        var next = first.Header("Link")!.Split(',').Single(link => link.Contains("rel=\"next\"", StringComparison.Ordinal)).Split('<', '>')[1];
        var second = await dz0ny.AskAsync(next);

        Assert.That(next, Does.Contain("/repositories/").And.EndsWith("?page=2"));
        Assert.That(
            first.Body!.AsArray().Concat(second.Body!.AsArray()).Select(review => review!["body"]!.ToString()),
            Is.EqualTo(Enumerable.Range(0, 31).Select(i => $"{i}")));
        Assert.That(second.Header("Link"), Does.Contain("rel=\"first\"").And.Contain("rel=\"prev\"").And.Not.Contain("rel=\"next\""));
    }

    [Test]
    public async Task Carry_the_head_that_was_seen_and_outlive_a_push()
    {
        await using var github = await GitHubHost.StartAsync();
        using var dz0ny = github.As("dz0ny");
        var seen = github.Head;

        await dz0ny.SendAsync("POST", "pulls/1/reviews", new { @event = "APPROVE" });
        await github.CommitAsync("topic", "README", "five\n");

        var review = (await dz0ny.AskAsync("pulls/1/reviews")).Body![0]!;
        Assert.That((review["state"]!.ToString(), review["commit_id"]!.ToString()), Is.EqualTo(("APPROVED", seen)));
    }

    [Test]
    public async Task Are_dismissed_by_a_push_where_the_branch_asks_for_it()
    {
        await using var github = await GitHubHost.StartAsync();
        github.World.Protect(github.Sushi, "master", new() { Approvals = 1, DismissStale = true });
        var approval = github.World.Approve(github.Pull, "dz0ny");
        var objection = github.World.RequestChanges(github.Pull, "karantan", "no");

        await github.CommitAsync("topic", "README", "five\n");

        Assert.That((approval.State, objection.State), Is.EqualTo(("DISMISSED", "CHANGES_REQUESTED")));
    }

    [Test]
    public async Task Keep_id_and_time_when_dismissed_and_lose_their_state()
    {
        await using var github = await GitHubHost.StartAsync();
        using var dz0ny = github.As("dz0ny");
        var approved = await dz0ny.SendAsync("POST", "pulls/1/reviews", new { @event = "APPROVE" });
        var path = $"pulls/1/reviews/{approved.Text("id")}/dismissals";

        var dismissed = await dz0ny.SendAsync("PUT", path, new { message = "changed my mind" });
        var again = await dz0ny.SendAsync("PUT", path, new { message = "really" });

        Assert.That(dismissed.Text("state"), Is.EqualTo("DISMISSED"));
        Assert.That((dismissed.Text("id"), dismissed.Text("submitted_at")), Is.EqualTo((approved.Text("id"), approved.Text("submitted_at"))));
        Assert.That(again.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
    }

    [TestCase("APPROVE", "Can not approve your own pull request")]
    [TestCase("REQUEST_CHANGES", "Can not request changes on your own pull request")]
    public async Task Are_refused_to_the_author(string verdict, string reason)
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var answer = await zupo.SendAsync("POST", "pulls/1/reviews", new { @event = verdict, body = "fine" });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Body!["errors"]!.ToJsonString(), Is.EqualTo($"[\"{reason}\"]"));
    }

    [Test]
    public async Task Are_seen_by_their_author_alone_while_pending()
    {
        await using var github = await GitHubHost.StartAsync();
        using var dz0ny = github.As("dz0ny");
        using var zupo = github.As("zupo");
        var pending = await dz0ny.SendAsync("POST", "pulls/1/reviews", new { body = "thinking" });

        var (own, others) = (await dz0ny.AskAsync("pulls/1/reviews"), await zupo.AskAsync("pulls/1/reviews"));
        var submitted = await dz0ny.SendAsync("POST", $"pulls/1/reviews/{pending.Text("id")}/events", new { @event = "APPROVE" });

        Assert.That((own.Body!.AsArray().Count, others.Body!.AsArray().Count), Is.EqualTo((1, 0)));
        Assert.That(own.Body[0]!.AsObject().ContainsKey("submitted_at"), Is.False);
        Assert.That(submitted.Text("state"), Is.EqualTo("APPROVED"));
    }

    [Test]
    public async Task End_a_request_for_them_whatever_they_say()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        using var dz0ny = github.As("dz0ny");

        var asked = await zupo.SendAsync("POST", "pulls/1/requested_reviewers", new { reviewers = new[] { "dz0ny", "KARANTAN" }, team_reviewers = Array.Empty<string>() });
        await dz0ny.SendAsync("POST", "pulls/1/reviews", new { @event = "COMMENT", body = "hm" });
        var left = await zupo.AskAsync("pulls/1/requested_reviewers");

        Assert.That(asked.Status, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(Logins(asked.Body!["requested_reviewers"]!), Is.EqualTo(new[] { "dz0ny", "karantan" }));
        Assert.That(Logins(left.Body!["users"]!), Is.EqualTo(new[] { "karantan" }));
    }

    [TestCase("zupo", "Review cannot be requested from pull request author.")]
    [TestCase("stranger", "Reviews may only be requested from collaborators.")]
    [TestCase("nobody", "Reviews may only be requested from collaborators.")]
    public async Task Are_requested_of_nobody_when_one_name_is_wrong(string wrong, string reason)
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var answer = await zupo.SendAsync("POST", "pulls/1/requested_reviewers", new { reviewers = new[] { "dz0ny", wrong } });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Text("message"), Does.StartWith(reason));
        Assert.That(github.Pull.Pull!.RequestedReviewers, Is.Empty);
    }

    [Test]
    public async Task Name_nobody_once_the_account_is_gone()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        github.World.RequestChanges(github.Pull, "karantan", "no");

        github.World.RemoveAccount("karantan");

        Assert.That((await zupo.AskAsync("pulls/1/reviews")).Body![0]!["user"], Is.Null);
    }

    private static IEnumerable<string> Logins(JsonNode users) => users.AsArray().Select(user => user!["login"]!.ToString());
}
