using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.GitHub;

namespace ReleaseTasks.Tests.GitHub;

public sealed class TalkingToGitHub
{
    private const string Repo = "/api/v3/repos/zupo/sushi";
    private const string Pull = """
        {"number":3,"title":"remove `username` field","body":null,"state":"open","draft":false,"merged_at":null,
         "user":{"id":11,"login":"zupo","type":"User"},"head":{"sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","ref":"remove-username"},
         "base":{"sha":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","ref":"master"},"mergeable":true,"mergeable_state":"clean",
         "merge_commit_sha":"cccccccccccccccccccccccccccccccccccccccc","created_at":"2026-11-22T08:00:00Z",
         "html_url":"https://github.com/zupo/sushi/pull/3","requested_reviewers":[{"id":13,"login":"karantan","type":"User"}]}
        """;

    private static readonly CommitSha Head = CommitSha.Parse(new string('a', 40))!;
    private static readonly RefName Lock = new("refs/release-locks/sushi");

    private Stub _stub = null!;
    private LeapingTime _time = null!;
    private OctokitGitHub _github = null!;
    private readonly List<string> _said = [];

    [SetUp]
    public async Task StartAsync()
    {
        _stub = await Stub.StartAsync();
        _time = new LeapingTime(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        _said.Clear();
        _github = new OctokitGitHub(Options, _time, text => text, _said.Add);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _github.Dispose();
        await _stub.DisposeAsync();
    }

    [Test]
    public async Task Reads_a_pull_request_as_values_of_our_own()
    {
        _stub.On($"GET {Repo}/pulls/3", Pull);

        var pull = await _github.GetPullRequestAsync(3, default);

        Assert.Multiple(() =>
        {
            Assert.That(pull.Author, Is.EqualTo(new Person(11, "zupo")));
            Assert.That(pull.Head, Is.EqualTo(Head));
            Assert.That(pull.BaseRef, Is.EqualTo("master"));
            Assert.That(pull.State, Is.EqualTo(PullRequestState.Open));
            Assert.That(pull.Body, Is.Empty);
            Assert.That(pull.MergeCommit, Is.Null, "before the merge it is a test commit");
            Assert.That(pull.MergeableState, Is.EqualTo("clean"));
            Assert.That(pull.RequestedReviewers.Single().Login, Is.EqualTo("karantan"));
        });
    }

    [TestCase("{}", "'pull request' is missing or malformed")]
    [TestCase("""{"number":3,"title":"x","state":"open"}""", "'head.sha' is missing or malformed")]
    [TestCase("""{"number":3,"title":{"not":"a text"}}""", "")]
    public async Task Does_not_trust_an_answer_that_lacks_what_it_needs(string answer, string reason)
    {
        _stub.On($"GET {Repo}/pulls/3", answer, 200, ("X-GitHub-Request-Id", "8F1C"));

        var e = await Assert.ThrowsAsync<GitHubException>(() => _github.GetPullRequestAsync(3, default));

        Assert.That(e!.Message, Does.StartWith($"GitHub's answer to GET {Repo}/pulls/3 can't be used: {reason}"));
        Assert.That(e.RequestId, Is.EqualTo("8F1C"));
    }

    [Test]
    public async Task Says_what_was_refused_where_and_as_which_request_and_keeps_the_token()
    {
        _stub.On("GET /api/v3/user", """{"message":"Bad credentials"}""", 401, ("X-GitHub-Request-Id", "8F1C"));

        var e = await Assert.ThrowsAsync<GitHubException>(() => _github.FindViewerAsync(default));

        Assert.That(e!.Message, Is.EqualTo("GitHub refused GET /api/v3/user: Bad credentials (401, request 8F1C)."));
        Assert.That(e.ToString(), Does.Not.Contain("t0ken"));
        Assert.That(_stub.Requests.Single().Headers["Authorization"], Does.EndWith("t0ken-of-zupo"));
    }

    [Test]
    public async Task Reads_every_page_of_reviews()
    {
        var next = $"<{_stub.Address}api/v3/repos/zupo/sushi/pulls/3/reviews?per_page=100&page=2>; rel=\"next\"";
        _stub.On(
            $"GET {Repo}/pulls/3/reviews?per_page=100",
            """[{"id":1,"state":"APPROVED","user":{"id":12,"login":"dz0ny"},"commit_id":null,"submitted_at":"2026-11-22T09:00:00Z"}]""",
            200,
            ("Link", next));
        _stub.On($"GET {Repo}/pulls/3/reviews?per_page=100&page=2", """[{"id":2,"state":"BRAND_NEW","user":null,"commit_id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},{"id":3,"state":"PENDING","user":{"id":12,"login":"dz0ny"}}]""");

        var reviews = await _github.ListReviewsAsync(3, default);

        Assert.That(reviews, Is.EqualTo(new[]
        {
            new Review(new(12, "dz0ny"), "APPROVED", null, new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero)),
            new Review(null, "BRAND_NEW", Head),
            new Review(new(12, "dz0ny"), "PENDING", null),
        }));
    }

    [Test]
    public async Task Reads_statuses_and_check_runs_and_what_is_required_by_protection_and_by_rules()
    {
        _stub.On(
            $"GET {Repo}/commits/{Head}/status",
            """{"state":"pending","total_count":1,"statuses":[{"context":"ci/lint","state":"error"}]}""");
        _stub.On($"GET {Repo}/commits/{Head}/check-runs", """{"total_count":2,"check_runs":[{"id":1,"name":"test","status":"completed","conclusion":"neutral","app":{"id":15368}},{"id":2,"name":"docs","status":"waiting","conclusion":null}]}""");
        _stub.On($"GET {Repo}/branches/master", """{"name":"master","protection":{"required_status_checks":{"contexts":["test","old"],"checks":[{"context":"test","app_id":15368}]}}}""");
        _stub.On($"GET {Repo}/rules/branches/master", """[{"type":"deletion"},{"type":"required_status_checks","parameters":{"required_status_checks":[{"context":"test"},{"context":"docs"}]}}]""");

        var checks = await _github.GetChecksAsync(Head, "master", default);

        Assert.That(checks.All, Is.EqualTo(new[]
        {
            new Check("ci/lint", CheckState.Failed, "error", null),
            new Check("test", CheckState.Passed, "neutral", 15368),
            new Check("docs", CheckState.Waiting, "waiting", null),
        }));
        Assert.That(checks.Required, Is.EqualTo(new RequiredCheck[] { new("test", 15368), new("old", null), new("test", null), new("docs", null) }));
    }

    [TestCase("branches/master", "{}", 200)]
    [TestCase("branches/master", """{"name":null,"protected":null,"protection":null}""", 200)]
    [TestCase("branches/master", """{"name":"master","protected":true,"protection":null}""", 200)]
    [TestCase("branches/master", """{"name":"master","protection":{"required_status_checks":{}}}""", 200)]
    [TestCase("branches/master", """{"message":"Branch not found"}""", 404)]
    [TestCase("rules/branches/master", "{}", 200)]
    [TestCase("rules/branches/master", """[{"type":"required_status_checks"}]""", 200)]
    [TestCase("rules/branches/master", """{"message":"Resource not accessible by personal access token"}""", 403)]
    [TestCase("commits/HEAD/check-runs", "{}", 200)]
    [TestCase("commits/HEAD/check-runs", "<html>Sign in</html>", 200)]
    [TestCase("commits/HEAD/check-runs", """{"total_count":1,"check_runs":[{"id":1,"name":null,"status":null}]}""", 200)]
    [TestCase("commits/HEAD/status", "{}", 200)]
    [TestCase("commits/HEAD/status", """{"statuses":[{"context":null,"state":null}]}""", 200)]
    public async Task Takes_nothing_that_it_can_not_read_for_nothing(string path, string answer, int status)
    {
        Answer("commits/HEAD/status", """{"state":"pending","total_count":0,"statuses":[]}""");
        Answer("commits/HEAD/check-runs", """{"total_count":0,"check_runs":[]}""");
        Answer("branches/master", """{"name":"master","protected":false,"protection":{"enabled":false}}""");
        Answer("rules/branches/master", "[]");
        Assert.That((await _github.GetChecksAsync(Head, "master", default)).Required, Is.Empty);

        await StopAsync();
        await StartAsync();
        foreach (var other in new[] { "commits/HEAD/status", "commits/HEAD/check-runs", "branches/master", "rules/branches/master" }.Except([path]))
        {
            Answer(other, other switch
            {
                "commits/HEAD/status" => """{"statuses":[]}""",
                "commits/HEAD/check-runs" => """{"check_runs":[]}""",
                "branches/master" => """{"name":"master"}""",
                _ => "[]",
            });
        }

        Answer(path, answer, status);

        await Assert.ThrowsAsync<GitHubException>(() => _github.GetChecksAsync(Head, "master", default));

        void Answer(string request, string body, int code = 200) => _stub.On($"GET {Repo}/{request.Replace("HEAD", $"{Head}", StringComparison.Ordinal)}", body, code);
    }

    [TestCase("{}")]
    [TestCase("<html>Sign in</html>")]
    [TestCase("""[{"user":null,"state":null}]""")]
    [TestCase("""[{"user":{"login":"dz0ny"},"state":"APPROVED"}]""")]
    public async Task Takes_no_reviews_that_it_can_not_read_for_none(string answer)
    {
        _stub.On($"GET {Repo}/pulls/3/reviews", answer);

        await Assert.ThrowsAsync<GitHubException>(() => _github.ListReviewsAsync(3, default));
    }

    [TestCase("identical", true)]
    [TestCase("behind", true)]
    [TestCase("ahead", false)]
    [TestCase("diverged", false)]
    public async Task Knows_whether_a_branch_holds_a_commit(string status, bool holds)
    {
        _stub.On($"GET {Repo}/compare/master...{Head}", $$"""{"status":"{{status}}"}""");

        Assert.That(await _github.IsOnBranchAsync(Head, "master", default), Is.EqualTo(holds));
    }

    [Test]
    public async Task Requires_nothing_where_neither_protection_nor_rules_are_to_be_had()
    {
        _stub.On($"GET {Repo}/branches/master", """{"name":"master","protected":false}""");
        _stub.On($"GET {Repo}/commits/{Head}/status", """{"state":"pending","total_count":0,"statuses":[]}""");
        _stub.On($"GET {Repo}/commits/{Head}/check-runs", """{"total_count":0,"check_runs":[]}""");
        _stub.On(
            $"GET {Repo}/rules/branches/master",
            """{"message":"Upgrade to GitHub Pro or make this repository public to enable this feature."}""",
            403);

        var checks = await _github.GetChecksAsync(Head, "master", default);

        Assert.That((checks.All, checks.Required), Is.EqualTo((Array.Empty<Check>(), Array.Empty<RequiredCheck>())));
    }

    [Test]
    public async Task Merges_at_exactly_the_head_that_was_reviewed()
    {
        _stub.On(
            $"PUT {Repo}/pulls/3/merge",
            $$"""{"sha":"{{new string('d', 40)}}","merged":true,"message":"Pull Request successfully merged"}""");

        var outcome = await _github.MergeAsync(3, Head, default);

        Assert.That(outcome, Is.EqualTo(new MergeOutcome.Merged(CommitSha.Parse(new string('d', 40))!)));
        Assert.That(_stub.Requests.Single().Body, Does.Contain($"\"sha\":\"{Head}\""));
        Assert.That(_stub.Requests.Single().Headers["Content-Type"], Does.StartWith("application/json"));
    }

    [TestCase(405, "Base branch was modified. Review and try the merge again.", typeof(MergeOutcome.Refused))]
    [TestCase(409, "Head branch was modified. Review and try the merge again.", typeof(MergeOutcome.HeadMoved))]
    [TestCase(403, "Resource not accessible", typeof(MergeOutcome.Refused))]
    [TestCase(422, "Validation Failed", typeof(MergeOutcome.Refused))]
    [TestCase(502, "Server Error", typeof(MergeOutcome.Unknown))]
    [TestCase(0, "", typeof(MergeOutcome.Unknown))]
    public async Task Tells_what_came_of_a_merge_and_asks_only_once(int status, string message, Type expected)
    {
        _stub.On($"PUT {Repo}/pulls/3/merge", $$"""{"message":"{{message}}"}""", status);

        var outcome = await _github.MergeAsync(3, Head, default);

        Assert.That(outcome, Is.TypeOf(expected));
        Assert.That(_stub.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Creates_a_ref_or_says_that_it_exists()
    {
        var reference = $$$"""{"ref":"{{{Lock}}}","object":{"sha":"{{{Head}}}","type":"commit"}}""";
        _stub.On($"POST {Repo}/git/refs", reference, 201);
        _stub.On($"POST {Repo}/git/refs", """{"message":"Reference already exists"}""", 422);
        _stub.On($"GET {Repo}/git/ref/release-locks/sushi", reference);

        Assert.That(await _github.CreateRefAsync(Lock, Head, default), Is.EqualTo(RefCreation.Created));
        Assert.That(await _github.CreateRefAsync(Lock, Head, default), Is.EqualTo(RefCreation.Exists));
    }

    [Test]
    public async Task Does_not_take_a_malformed_ref_for_an_existing_one()
    {
        _stub.On($"POST {Repo}/git/refs", """{"message":"Object does not exist"}""", 422);

        var e = await Assert.ThrowsAsync<GitHubException>(() => _github.CreateRefAsync(Lock, Head, default));

        Assert.That(e!.Reason, Is.EqualTo("Object does not exist"));
    }

    [Test]
    public async Task Finds_a_ref_by_its_exact_name_only()
    {
        Assert.That(await _github.FindRefAsync(Lock, default), Is.Null);
        Assert.That(_stub.Requests.Single().Request, Is.EqualTo($"GET {Repo}/git/ref/release-locks/sushi"));
    }

    [Test]
    public async Task Deleting_what_is_gone_is_no_failure()
    {
        _stub.On($"DELETE {Repo}/git/refs/release-locks/sushi", """{"message":"Reference does not exist"}""", 422);

        Assert.That(await _github.DeleteRefAsync(Lock, default), Is.False);
    }

    [Test]
    public async Task Never_forces_a_ref()
    {
        _stub.On($"PATCH {Repo}/git/refs/release-locks/sushi", """{"message":"Update is not a fast forward"}""", 422);
        _stub.On($"GET {Repo}/git/ref/release-locks/sushi", $$$"""{"object":{"sha":"{{{new string('e', 40)}}}"}}""");

        Assert.That(await _github.AdvanceRefAsync(Lock, Head, default), Is.False);
        Assert.That(_stub.Requests[0].Body, Does.Contain("\"force\":false"));
    }

    [Test]
    public async Task Writes_a_note_on_the_tree_of_another_commit_and_reads_it()
    {
        var note = new string('f', 40);
        _stub.On($"GET {Repo}/git/commits/{Head}", $$$"""{"sha":"{{{Head}}}","message":"x","tree":{"sha":"{{{new string('9', 40)}}}"},"parents":[],"committer":{"date":"2026-11-22T09:00:00Z"}}""");
        _stub.On($"POST {Repo}/git/commits", $$"""{"sha":"{{note}}"}""", 201);
        _stub.On($"GET {Repo}/git/commits/{note}", $$$"""{"sha":"{{{note}}}","message":"{\"holder\":\"jim\"}","tree":{"sha":"{{{new string('9', 40)}}}"},"parents":[{"sha":"{{{Head}}}"}],"committer":{"date":"2026-11-22T09:00:00Z"}}""");

        var written = await _github.WriteNoteAsync("""{"holder":"jim"}""", Head, null, default);
        var read = await _github.ReadNoteAsync(written, default);

        Assert.That(_stub.Requests[1].Body, Does.Contain("\"parents\":[]").And.Contain(new string('9', 40)));
        Assert.That(read, Is.EqualTo(new Note(written, """{"holder":"jim"}""", Head, new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero))));
    }

    [Test]
    public async Task Sends_all_annotations_fifty_at_a_time()
    {
        _stub.On($"POST {Repo}/check-runs", """{"id":5}""", 201).On($"PATCH {Repo}/check-runs/5", """{"id":5}""");
        var report = new CheckReport
        {
            Name = "release plan", Commit = Head, Passed = false, Title = "t", Summary = "s",
            Annotations = [.. Enumerable.Range(1, 120).Select(line => new Annotation("plan.md", line, "no"))],
        };

        Assert.That(await _github.PublishCheckAsync(report, null, default), Is.EqualTo(5));
        Assert.That(_stub.Requests.Select(r => r.Request.Split(' ')[0]), Is.EqualTo(new[] { "POST", "PATCH", "PATCH" }));
    }

    [Test]
    public async Task Follows_a_tarball_elsewhere_without_the_token()
    {
        await using var storage = await Stub.StartAsync();
        storage.On("GET /archive", "the files");
        _stub.On($"GET {Repo}/tarball/{Head}", "", 302, ("Location", new Uri(storage.Address, "archive").AbsoluteUri));

        await using var tarball = await _github.OpenTarballAsync(Head, default);

        Assert.That(await new StreamReader(tarball, Encoding.UTF8).ReadToEndAsync(), Is.EqualTo("the files"));
        Assert.That(storage.Requests.Single().Headers, Does.Not.ContainKey("Authorization"));
    }

    [Test]
    public async Task Asks_again_what_is_only_a_question()
    {
        _stub.On("GET /api/v3/user", "<html>bad gateway</html>", 502).HangUpOn("GET /api/v3/user").On(
            "GET /api/v3/user",
            """{"id":11,"login":"zupo"}""");

        var viewer = await _github.FindViewerAsync(default);

        Assert.That(viewer!.Login, Is.EqualTo("zupo"));
    }

    [TestCase(403, "slow down", "Retry-After", "30", 30)]
    [TestCase(429, "slow down", "Retry-After", "30", 30)]
    [TestCase(429, "slow down", "X-Nothing", "", 60)]
    [TestCase(403, "You have exceeded a secondary rate limit.", "X-Nothing", "", 60)]
    [TestCase(403, "You have triggered an abuse detection mechanism.", "X-Nothing", "", 60)]
    public async Task Waits_as_long_as_the_limiter_says_also_with_a_change_and_says_so(
        int status, string words, string header, string value, int seconds)
    {
        _stub.On($"PATCH {Repo}/pulls/3", $$"""{"message":"{{words}}"}""", status, (header, value)).On($"PATCH {Repo}/pulls/3", Pull);
        var before = _time.GetUtcNow();

        await _github.UpdatePullRequestAsync(3, "title", null, default);

        Assert.That(_time.GetUtcNow() - before, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(_said, Is.EqualTo([$"GitHub asks for a pause: going on in {seconds} seconds."]));
        Assert.That(_stub.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Waits_until_the_used_up_limit_is_filled_again()
    {
        var reset = _time.GetUtcNow().AddSeconds(90).ToUnixTimeSeconds();
        _stub.On(
            "GET /api/v3/user",
            """{"message":"API rate limit exceeded"}""",
            403,
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Reset", $"{reset}"))
            .On("GET /api/v3/user", """{"id":11,"login":"zupo"}""");

        await _github.FindViewerAsync(default);

        Assert.That(_said, Is.EqualTo(["GitHub asks for a pause: going on in 90 seconds."]));
    }

    [Test]
    public async Task Does_not_wait_for_an_hour()
    {
        _stub.On($"GET {Repo}/pulls/3/reviews", """{"message":"API rate limit exceeded"}""", 403, ("Retry-After", "3600"));

        var e = await Assert.ThrowsAsync<GitHubException>(() => _github.ListReviewsAsync(3, default));

        Assert.That(e!.Message, Does.StartWith($"GitHub refused GET {Repo}/pulls/3/reviews: API rate limit exceeded"));
        Assert.That(_stub.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(403)]
    [TestCase(500)]
    public async Task Does_not_repeat_a_change_that_was_refused_or_may_have_happened(int status)
    {
        _stub.On($"PATCH {Repo}/pulls/3", """{"message":"no"}""", status);

        var e = await Assert.ThrowsAsync<GitHubException>(() => _github.UpdatePullRequestAsync(3, "title", null, default));

        Assert.That(e!.OutcomeUnknown, Is.EqualTo(status == 500));
        Assert.That(e.Status, Is.EqualTo((HttpStatusCode)status));
        Assert.That(_stub.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("http://127.0.0.1:{0}/elsewhere")]
    [TestCase("http://localhost:{0}/elsewhere")]
    public async Task Follows_no_redirect_with_the_token(string location)
    {
        await using var elsewhere = await Stub.StartAsync();
        var target = location.Replace("{0}", $"{elsewhere.Address.Port}", StringComparison.Ordinal);
        _stub.On("GET /api/v3/user", "", 307, ("Location", target));

        var e = await Assert.ThrowsAsync<GitHubException>(() => _github.FindViewerAsync(default));

        Assert.That(
            e!.Message,
            Does.Contain("it has moved, and the token isn't sent along a redirect; name the repository as it is called now (307)"));
        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [Test]
    public async Task Follows_no_next_page_to_another_address()
    {
        await using var elsewhere = await Stub.StartAsync();
        _stub.On($"GET {Repo}/pulls/3/reviews?per_page=100", "[]", 200, ("Link", $"<{elsewhere.Address}reviews?page=2>; rel=\"next\""));

        var e = await Assert.ThrowsAsync<GitHubException>(() => _github.ListReviewsAsync(3, default));

        Assert.That(
            e!.Message,
            Does.EndWith($"{elsewhere.Address.Authority} is not {_stub.Address.Authority}: the token isn't sent there."));
        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [Test]
    public async Task Follows_no_tarball_without_encryption()
    {
        _stub.On($"GET {Repo}/tarball/{Head}", "", 302, ("Location", "http://codeload.example.com/x?token=hidden"));

        var e = await Assert.ThrowsAsync<GitHubException>(() => _github.OpenTarballAsync(Head, default));

        Assert.That(e!.Message, Does.Contain("it redirects to codeload.example.com without encryption (302)").And.Not.Contain("hidden"));
    }

    [Test]
    public async Task Stops_when_it_is_told_to()
    {
        using var github = new OctokitGitHub(Options, new FakeTimeProvider(), text => text, _ => { });
        using var stopping = new CancellationTokenSource();
        _stub.On("GET /api/v3/user", "", 429, ("Retry-After", "60"));

        var asking = github.FindViewerAsync(stopping.Token);
        await stopping.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(() => asking);
    }

    private GitHubOptions Options => new()
    {
        Repository = new("zupo", "sushi"),
        Address = new Uri(_stub.Address, "api/v3"),
        Token = "t0ken-of-zupo",
    };
}
