using System.Globalization;
using Cake.Heroku;
using ReleaseTasks.Http;
using ReleaseTasks.Monitoring;
using ReleaseTasks.Tests.GitHub;

namespace ReleaseTasks.Tests.Monitoring;

public sealed class AskingTheServices
{
    private static readonly DateTimeOffset Since = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private Stub _stub = null!;
    private HttpClient _http = null!;
    private LeapingTime _time = null!;
    private readonly List<string> _said = [];
    private HerokuClients? _heroku;
    private Papertrail? _papertrail;
    private ReleaseTasks.Monitoring.Sentry? _sentry;

    [SetUp]
    public async Task StartAsync()
    {
        (_stub, _http) = (await Stub.StartAsync(), new HttpClient(SmokeTester.Handler()));
        _time = new LeapingTime(Since.AddMinutes(10));
        _said.Clear();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        _heroku?.Dispose();
        _papertrail?.Dispose();
        _sentry?.Dispose();
        await _stub.DisposeAsync();
    }

    [Test]
    public async Task Reads_papertrail_forward_to_its_end_and_each_line_once()
    {
        var search = "GET /api/v1/events/search.json?limit=1000&tail=false&{0}&max_time=1795428601";
        _stub.On(
            Search(search, $"min_time={Since.ToUnixTimeSeconds()}"),
            Page("12", Event("11", 1, "app/web.1", "one"), Event("12", 2, "heroku/router", "at=error code=H12")));
        _stub.On(Search(search, "min_id=12"), """{"events":[],"max_id":"12","reached_time_limit":true}""");
        _stub.On(
            Search(search, "min_id=12"),
            Page("13", Event("12", 2, "heroku/router", "at=error code=H12"), Event("13", 3, "app/worker.1", "three")));
        _stub.On(Search(search, "min_id=13"), """{"events":[],"max_id":"13","reached_end":true}""");

        var log = await Log().ReadAsync(Since, default);

        Assert.That(log.Gap, Is.Null);
        Assert.That(log.Lines, Is.EqualTo(new[]
        {
            new ReleaseTasks.Monitoring.LogLine(Since.AddSeconds(1), "app", "web.1", "one"),
            new ReleaseTasks.Monitoring.LogLine(Since.AddSeconds(2), "heroku", "router", "at=error code=H12"),
            new ReleaseTasks.Monitoring.LogLine(Since.AddSeconds(3), "app", "worker.1", "three"),
        }));
    }

    [Test]
    public async Task Does_not_take_a_search_that_never_ends_for_a_clean_log()
    {
        _stub.On("GET /api/v1/events/search.json", """{"events":[],"reached_time_limit":true}""");

        var log = await Log().ReadAsync(Since, default);

        Assert.That(log.Gap, Is.EqualTo("Papertrail's search did not come to an end in 200 pages."));
    }

    [Test]
    public async Task Says_that_papertrail_refused()
    {
        _stub.On("GET /api/v1/events/search.json", "{}", 403);

        var e = await Assert.ThrowsAsync<ServiceException>(() => Log().ReadAsync(Since, default));

        Assert.That(e!.Message, Is.EqualTo("Papertrail refused GET /api/v1/events/search.json (403)."));
        Assert.That(e.ToString(), Does.Not.Contain("t0ken"));
    }

    [Test]
    public async Task Searches_for_the_words_of_the_settings_in_the_apps_own_system()
    {
        _stub.On("GET /api/v1/events/search.json", """{"events":[]}""");

        await Log(
            new() { Address = _stub.Address, Token = "t0ken", System = "sushi", Query = "-\"GET /health\"" }).ReadAsync(Since, default);

        Assert.That(_stub.Requests.Single().Request, Does.EndWith("&system_id=sushi&q=-%22GET%20%2Fhealth%22"));
        Assert.That(_stub.Requests.Single().Headers["X-Papertrail-Token"], Is.EqualTo("t0ken"));
    }

    [TestCase("""{"event":[]}""", "$")]
    [TestCase("""{"events":[{"id":"1","program":"app/web.1","mesage":"x"}]}""", "$.events[0]")]
    [TestCase("""{"events":[{"id":1,"program":"app/web.1","message":"x"}]}""", "$.events[0].id")]
    public async Task Does_not_guess_what_a_misspelt_answer_means(string answer, string where)
    {
        _stub.On("GET /api/v1/events/search.json", answer);

        var e = await Assert.ThrowsAsync<ServiceException>(() => Log().ReadAsync(Since, default));

        Assert.That(e!.Message, Is.EqualTo($"Papertrail's answer to GET /api/v1/events/search.json can't be read (at {where})."));
    }

    [Test]
    public async Task Waits_as_long_as_papertrail_asks_for_and_says_so()
    {
        _stub.On("GET /api/v1/events/search.json", "{}", 429, ("Retry-After", "30")).On(
            "GET /api/v1/events/search.json",
            """{"events":[]}""");

        await Log().ReadAsync(Since, default);

        Assert.That(_time.GetUtcNow(), Is.EqualTo(Since.AddMinutes(10).AddSeconds(30)));
        Assert.That(_said, Is.EqualTo(["Papertrail asks for a pause: going on in 30 seconds."]));
    }

    [TestCase(502)]
    [TestCase(503)]
    [TestCase(0)]
    public async Task Asks_sentry_again_when_it_stumbles(int status)
    {
        _stub.On("GET /api/0/organizations/sushi/releases/abc/", "", status)
            .On("GET /api/0/organizations/sushi/releases/abc/", """{"version":"abc","lastEvent":"2026-11-23T10:01:00Z"}""")
            .On("GET /api/0/organizations/sushi/issues/", "[]");

        Assert.That(
            await Tracker().ReadAsync("abc", Since, default),
            Is.EqualTo(new ErrorReading.Read([])).Using<ErrorReading>((a, b) => a.GetType() == b.GetType()));
    }

    [Test]
    public async Task Follows_no_redirect_with_a_token()
    {
        await using var elsewhere = await Stub.StartAsync();
        _stub.On("GET /api/v1/events/search.json", "{}", 302, ("Location", elsewhere.Address.AbsoluteUri));

        var e = await Assert.ThrowsAsync<ServiceException>(() => Log().ReadAsync(Since, default));

        Assert.That(e!.Message, Is.EqualTo("Papertrail refused GET /api/v1/events/search.json (302)."));
        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [Test]
    public async Task Reads_a_log_session_of_heroku()
    {
        _stub.On(
            "GET /session",
            """
            2026-11-23T09:59:59.000000+00:00 app[web.1]: before
            2026-11-23T10:00:01.000000+00:00 heroku[web.1]: State changed from starting to up
            """);

        var log = await HerokuLog().ReadAsync(Since, default);

        Assert.That(log.Lines.Single().Text, Is.EqualTo("State changed from starting to up"));
        Assert.That(log.Gap, Is.Null);
    }

    [Test]
    public async Task Knows_that_heroku_forgets()
    {
        _stub.On("GET /session", string.Concat(Enumerable.Repeat("2026-11-23T10:05:00.000000+00:00 app[web.1]: busy\n", 1500)));

        var log = await HerokuLog().ReadAsync(Since, default);

        Assert.That(log.Gap, Is.EqualTo("Heroku keeps 1500 lines, and they begin at 10:05:00, after the release."));
    }

    [Test]
    public async Task Does_not_drop_a_line_in_silence()
    {
        _stub.On("GET /session", "what is this\n");

        Assert.That((await HerokuLog().ReadAsync(Since, default)).Gap, Is.EqualTo("1 of 1 lines can't be read."));
    }

    [Test]
    public async Task Keeps_the_address_of_a_log_session_to_itself()
    {
        var e = await Assert.ThrowsAsync<ServiceException>(() => HerokuLog().ReadAsync(Since, default));

        Assert.That(e!.ToString(), Does.Contain("(404)").And.Not.Contain("/session").And.Not.Contain(_stub.Address.Authority));
    }

    [TestCase("""{"version":"abc","lastEvent":null}""", 200)]
    [TestCase("{}", 404)]
    public async Task Does_not_take_silence_for_success(string release, int status)
    {
        _stub.On("GET /api/0/organizations/sushi/releases/abc/", release, status);
        _stub.On("GET /api/0/organizations/sushi/sessions/", """{"groups":[{"totals":{"sum(session)":0}}]}""");

        Assert.That(await Tracker().ReadAsync("abc", Since, default), Is.TypeOf<ErrorReading.Unknown>());
    }

    [Test]
    public async Task Lists_errors_that_are_new_or_back_from_every_page()
    {
        var next = $"<{_stub.Address}x>; rel=\"previous\"; results=\"false\"; cursor=\"0:0:1\", <{_stub.Address}y>; rel=\"next\"; results=\"true\"; cursor=\"0:100:0\"";
        var end = $"<{_stub.Address}y>; rel=\"next\"; results=\"false\"; cursor=\"0:200:0\"";
        _stub.On("GET /api/0/organizations/sushi/releases/abc/", """{"version":"abc","lastEvent":"2026-11-23T10:01:00Z"}""");
        _stub.On("GET /api/0/organizations/sushi/issues/", Issue("SUSHI-1"), 200, ("Link", next));
        _stub.On("GET /api/0/organizations/sushi/issues/", Issue("SUSHI-2"), 200, ("Link", end));
        _stub.On("GET /api/0/organizations/sushi/issues/", Issue("SUSHI-3"), 200, ("Link", end));

        var reading = (ErrorReading.Read)await Tracker().ReadAsync("abc", Since, default);

        Assert.That(reading.Errors.Select(error => (error.Id, error.Count, error.IsRegression)), Is.EqualTo(new[]
        {
            ("SUSHI-1", 12L, false), ("SUSHI-2", 12L, false), ("SUSHI-3", 12L, true),
        }));
        Assert.That(
            _stub.Requests[1].Request,
            Does.Contain("query=firstRelease%3A%22abc%22%20is%3Aunresolved").And.Contain("environment=production"));
    }

    [Test]
    public async Task Asks_for_the_same_days_in_any_culture()
    {
        var finnish = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        finnish.DateTimeFormat.TimeSeparator = ".";
        CultureInfo.CurrentCulture = finnish;
        _stub.On("GET /api/0/organizations/sushi/releases/abc/", """{"version":"abc","lastEvent":"2026-11-23T10:01:00Z"}""");
        _stub.On("GET /api/0/organizations/sushi/issues/", "[]");

        await Tracker().ReadAsync("abc", Since, default);

        Assert.That(_stub.Requests[1].Request, Does.EndWith("&start=2026-11-23T10%3A00%3A00&end=2026-11-23T10%3A10%3A00"));
    }

    [Test]
    public async Task Finds_sessions_where_there_are_no_events()
    {
        _stub.On("GET /api/0/organizations/sushi/releases/abc/", """{"version":"abc","lastEvent":null}""");
        _stub.On("GET /api/0/organizations/sushi/sessions/", """{"groups":[{"totals":{"sum(session)":7}}]}""");
        _stub.On("GET /api/0/organizations/sushi/issues/", "[]");

        Assert.That(await Tracker().ReadAsync("abc", Since, default), Is.TypeOf<ErrorReading.Read>());
    }

    [Test]
    public async Task Reaches_an_app_by_its_name_below_localhost()
    {
        _stub.On("GET /health", "sushi is well");

        var seen = await Smoke().AskAsync(AppUrl(), default);

        Assert.That(seen.Sign, Is.EqualTo(Sign.Good));
        Assert.That(_stub.Requests.Single().Headers["Host"], Does.StartWith("sushi.localhost:"));
    }

    [Test]
    public async Task Asks_until_the_app_is_well()
    {
        _stub.On("GET /health", "maintenance", 503).On("GET /health", "", 500).On("GET /health", "well");

        var seen = await Smoke().AskAsync(AppUrl(), default);

        Assert.That(seen.Sign, Is.EqualTo(Sign.Good));
        Assert.That(_stub.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Gives_up_in_time_and_says_what_it_saw_last()
    {
        _stub.On("GET /health", "maintenance", 503);

        var seen = await Smoke().AskAsync(AppUrl(), default);

        Assert.That(
            seen,
            Is.EqualTo(new Observation($"smoke test {AppUrl()}", Sign.Bad, "did not answer 200 within 00:02:00 (last: 503).")));
    }

    private ReleaseTasks.Monitoring.HerokuLogs HerokuLog()
    {
        _stub.On("POST /apps/sushi/log-sessions", $$"""{"logplex_url":"{{_stub.Address}}session"}""", 201);
        _heroku = new HerokuClients(new(_stub.Address, _stub.Address, new("t0ken")), _time);
        return new(new("sushi"), _heroku.Logs);
    }

    private Papertrail Log(PapertrailOptions? options = null) =>
        _papertrail = new(options ?? new() { Address = _stub.Address, Token = "t0ken" }, _time, _said.Add);

    private ReleaseTasks.Monitoring.Sentry Tracker() =>
        _sentry = new(
            new() { Address = _stub.Address, Token = "t0ken", Organization = "sushi", Environment = "production" },
            _time,
            _said.Add);

    private SmokeTester Smoke() =>
        new(_http, new(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5)) { RequestTimeout = TimeSpan.FromDays(1) }, _time);

    private Uri AppUrl() => new($"http://sushi.localhost:{_stub.Address.Port}/health");

    private static string Search(string search, string from) => string.Format(CultureInfo.InvariantCulture, search, from);

    private static string Page(string maxId, params string[] events) =>
        $$"""{"events":[{{string.Join(',', events)}}],"max_id":"{{maxId}}"}""";

    private static string Event(string id, int second, string program, string message) =>
        $$"""{"id":"{{id}}","generated_at":"{{Since.AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ}}","program":"{{program}}","message":"{{message}}"}""";

    private static string Issue(string id) =>
        $$"""[{"shortId":"{{id}}","title":"KeyError","count":"12","userCount":3,"permalink":"https://sentry.io/{{id}}"}]""";
}
