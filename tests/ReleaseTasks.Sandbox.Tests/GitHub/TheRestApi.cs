using System.Net;
using ReleaseTasks.Sandbox.GitHub;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class TheRestApi
{
    [Test]
    public async Task Knows_who_asks_by_the_token_however_it_is_sent()
    {
        await using var github = await GitHubHost.StartAsync();
        var token = github.World.FindAccount("dz0ny")!.Token;
        var basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"x:{token}"));

        foreach (var value in new[] { $"Bearer {token}", $"token {token}", $"Token {token}", $"Basic {basic}" })
        {
            using var client = github.Anonymous();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", value);
            Assert.That((await client.AskAsync("/api/v3/user")).Text("login"), Is.EqualTo("dz0ny"));
        }
    }

    [Test]
    public async Task Refuses_an_unknown_token_and_a_missing_one()
    {
        await using var github = await GitHubHost.StartAsync();
        using var wrong = github.Anonymous();
        wrong.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        using var none = github.Anonymous();

        var (bad, missing) = (await wrong.AskAsync("pulls/1"), await none.AskAsync("/api/v3/user"));

        Assert.That((bad.Status, bad.Text("message")), Is.EqualTo((HttpStatusCode.Unauthorized, "Bad credentials")));
        Assert.That(bad.Text("documentation_url"), Is.Not.Null);
        Assert.That((missing.Status, missing.Text("message")), Is.EqualTo((HttpStatusCode.Unauthorized, "Requires authentication")));
    }

    [Test]
    public async Task Tells_an_app_that_it_is_no_user()
    {
        await using var github = await GitHubHost.StartAsync();
        using var app = github.As("checker[bot]");

        Assert.That((await app.AskAsync("/api/v3/user")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Answers_304_for_nothing_to_whoever_has_the_answer_already()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var first = await zupo.AskAsync("issues/1");
        zupo.DefaultRequestHeaders.IfNoneMatch.ParseAdd(first.Message.Headers.ETag!.ToString());

        var second = await zupo.AskAsync("issues/1");

        Assert.That(second.Status, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(second.Header("X-RateLimit-Used"), Is.EqualTo(first.Header("X-RateLimit-Used")));
        Assert.That(second.Header("X-GitHub-Request-Id"), Is.Not.Null.And.Not.EqualTo(first.Header("X-GitHub-Request-Id")));
    }

    [Test]
    public async Task Stops_answering_when_the_hours_requests_are_used_up()
    {
        await using var github = await GitHubHost.StartAsync(new RateLimitOptions(PerHour: 2));
        using var zupo = github.As("zupo");
        await zupo.AskAsync("issues/1");
        await zupo.AskAsync("issues/1");

        var refused = await zupo.AskAsync("issues/1");
        var limits = await zupo.AskAsync("/api/v3/rate_limit");
        github.Time.Advance(TimeSpan.FromHours(1));
        var later = await zupo.AskAsync("issues/1");

        Assert.That((refused.Status, refused.Header("X-RateLimit-Remaining")), Is.EqualTo((HttpStatusCode.Forbidden, "0")));
        Assert.That(refused.Text("message"), Does.StartWith("API rate limit exceeded"));
        Assert.That(refused.Header("X-RateLimit-Reset"), Is.EqualTo(limits.Text("rate", "reset")));
        Assert.That(later.Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Slows_down_whoever_creates_too_much_at_once()
    {
        await using var github = await GitHubHost.StartAsync(new RateLimitOptions(CreatedPerMinute: 1));
        using var zupo = github.As("zupo");
        await zupo.SendAsync("POST", "issues/1/comments", new { body = "one" });

        var refused = await zupo.SendAsync("POST", "issues/1/comments", new { body = "two" });
        var read = await zupo.AskAsync("issues/1/comments");
        github.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await zupo.SendAsync("POST", "issues/1/comments", new { body = "three" });

        Assert.That((refused.Status, refused.Header("Retry-After")), Is.EqualTo((HttpStatusCode.Forbidden, "60")));
        Assert.That(refused.Text("message"), Does.Contain("secondary rate limit"));
        Assert.That(read.Body!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(later.Status, Is.EqualTo(HttpStatusCode.Created));
    }

    [TestCase("{", HttpStatusCode.BadRequest, "Problems parsing JSON")]
    [TestCase("[]", HttpStatusCode.BadRequest, "Body should be a JSON object")]
    [TestCase("{\"title\":1}", HttpStatusCode.UnprocessableEntity, "Invalid request.\n\nFor 'properties/title', 1 is not a string.")]
    public async Task Refuses_a_body_that_it_cannot_read(string body, HttpStatusCode status, string message)
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var answer = await zupo.SendAsync("PATCH", "pulls/1", body);

        Assert.That((answer.Status, answer.Text("message")), Is.EqualTo((status, message)));
    }

    [Test]
    public async Task Refuses_a_client_without_a_name()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        zupo.DefaultRequestHeaders.UserAgent.Clear();

        Assert.That((await zupo.AskAsync("pulls/1")).Status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [Test]
    public async Task Keeps_comments_and_lets_their_author_change_them()
    {
        await using var github = await GitHubHost.StartAsync();
        using var reader = github.As("gurvankervern");
        using var zupo = github.As("zupo");

        var comment = await reader.SendAsync("POST", "issues/1/comments", new { body = "<!-- report -->\r\nfirst" });
        var path = $"issues/comments/{comment.Text("id")}";
        github.Time.Advance(TimeSpan.FromMinutes(1));
        var changed = await reader.SendAsync("PATCH", path, new { body = "second" });
        var foreign = await zupo.SendAsync("POST", "issues/1/comments", new { body = "mine" });

        Assert.That(comment.Text("body"), Is.EqualTo("<!-- report -->\r\nfirst"));
        Assert.That((changed.Text("body"), changed.Text("updated_at")), Is.EqualTo(("second", "2026-11-20T09:01:00Z")));
        Assert.That((await reader.SendAsync("PATCH", $"issues/comments/{foreign.Text("id")}", new { body = "x" })).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await reader.SendAsync("DELETE", path, body: null)).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((await zupo.AskAsync("issues/1/comments?sort=created&direction=asc")).Body!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Tells_peoples_rights()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var roles = new List<string?>();
        foreach (var login in new[] { "zupo", "karantan", "gurvankervern", "stranger" })
        {
            roles.Add((await zupo.AskAsync($"collaborators/{login}/permission")).Text("permission"));
        }

        Assert.That(roles, Is.EqualTo(new[] { "admin", "write", "read", "none" }));
        Assert.That((await zupo.AskAsync("collaborators/stranger")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await zupo.AskAsync("collaborators")).Body!.AsArray(), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Shows_commits_branches_and_their_differences()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        github.World.Protect(github.Sushi, "master", new() { Approvals = 2, Contexts = ["build"] });

        var compared = await zupo.AskAsync("compare/master...topic");
        var branch = await zupo.AskAsync("branches/master");
        var protection = await zupo.AskAsync("branches/master/protection");
        var commit = await zupo.AskAsync("commits/topic");
        var repository = await zupo.AskAsync("../sushi");

        Assert.That((compared.Text("status"), compared.Text("ahead_by"), compared.Text("total_commits")), Is.EqualTo(("ahead", "1", "1")));
        Assert.That(branch.Text("protected"), Is.EqualTo("true"));
        Assert.That(protection.Text("required_pull_request_reviews", "required_approving_review_count"), Is.EqualTo("2"));
        Assert.That((commit.Text("sha"), commit.Text("stats", "total")), Is.EqualTo((github.Head, "2")));
        Assert.That(repository.Text("default_branch"), Is.EqualTo("master"));
        Assert.That((await zupo.AskAsync("branches/topic/protection")).Text("message"), Is.EqualTo("Branch not protected"));
        Assert.That((await zupo.AskAsync("commits")).Body!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await zupo.AskAsync("contents/")).Body!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Hands_out_an_archive_by_an_address_that_needs_no_token()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        using var anyone = new HttpClient();

        var redirect = await zupo.AskAsync("tarball/topic");
        var archive = await anyone.GetAsync(redirect.Message.Headers.Location);
        var guessed = await anyone.GetAsync(new Uri(redirect.Message.Headers.Location!.GetLeftPart(UriPartial.Path) + "?token=1"));

        Assert.That(redirect.Status, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(archive.Content.Headers.ContentDisposition!.FileName, Is.EqualTo($"zupo-sushi-{github.Head[..7]}.tar.gz"));
        Assert.That(guessed.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }
}
