using System.Globalization;
using ReleaseTasks.Monitoring;
using ReleaseTasks.Tests.GitHub;

namespace ReleaseTasks.Tests.Monitoring;

public sealed class AskingTheServices
{
    private static readonly DateTimeOffset Since = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private Stub _stub = null!;
    private HttpClient _http = null!;
    private LeapingTime _time = null!;

    [SetUp]
    public async Task StartAsync()
    {
        (_stub, _http) = (await Stub.StartAsync(), new HttpClient(SmokeTester.Handler()));
        _time = new LeapingTime(Since.AddMinutes(10));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _stub.DisposeAsync();
    }

    [Test]
    public async Task Reads_papertrail_forward_to_its_end_and_each_line_once()
    {
        var search = "GET /api/v1/events/search.json?{0}&max_time=1795428601&limit=1000&tail=false";
        _stub.On(Search(search, $"min_time={Since.ToUnixTimeSeconds()}"), Page("12", Event("11", 1, "app/web.1", "one"), Event("12", 2, "heroku/router", "at=error code=H12")));
        _stub.On(Search(search, "min_id=12"), """{"events":[],"max_id":"12","reached_time_limit":true}""");
        _stub.On(Search(search, "min_id=12"), Page("13", Event("12", 2, "heroku/router", "at=error code=H12"), Event("13", 3, "app/worker.1", "three")));
        _stub.On(Search(search, "min_id=13"), """{"events":[],"max_id":"13","reached_end":true}""");

        var log = await new Papertrail(_http, new() { Address = _stub.Address, Token = "t" }, _time).ReadAsync(Since, default);

        Assert.That(log.Gap, Is.Null);
        Assert.That(log.Lines, Is.EqualTo(new[]
        {
            new LogLine(Since.AddSeconds(1), "app", "web.1", "one"),
            new LogLine(Since.AddSeconds(2), "heroku", "router", "at=error code=H12"),
            new LogLine(Since.AddSeconds(3), "app", "worker.1", "three"),
        }));
    }

    [Test]
    public async Task Does_not_take_a_search_that_never_ends_for_a_clean_log()
    {
        _stub.On("GET /api/v1/events/search.json", """{"events":[],"reached_time_limit":true}""");

        var log = await new Papertrail(_http, new() { Address = _stub.Address, Token = "t" }, _time).ReadAsync(Since, default);

        Assert.That(log.Gap, Is.EqualTo("Papertrail's search did not come to an end in 200 pages."));
    }

    [Test]
    public async Task Says_that_papertrail_refused()
    {
        _stub.On("GET /api/v1/events/search.json", "{}", 403);

        var e = await Assert.ThrowsAsync<MonitoringException>(() => new Papertrail(_http, new() { Address = _stub.Address, Token = "t0ken" }, _time).ReadAsync(Since, default));

        Assert.That(e!.Message, Is.EqualTo("Papertrail refused the search (403)."));
    }

    [Test]
    public async Task Reads_a_log_session_of_heroku()
    {
        _stub.On("GET /session", "2026-11-23T09:59:59.000000+00:00 app[web.1]: before\n2026-11-23T10:00:01.000000+00:00 heroku[web.1]: State changed from starting to up\n");

        var log = await HerokuLog().ReadAsync(Since, default);

        Assert.That(log.Lines.Single().Text, Is.EqualTo("State changed from starting to up"));
        Assert.That(log.Gap, Is.Null);
    }

    [Test]
    public async Task Knows_that_heroku_forgets()
    {
        _stub.On("GET /session", string.Concat(Enumerable.Repeat("2026-11-23T10:05:00.000000+00:00 app[web.1]: busy\n", 1500)));

        Assert.That((await HerokuLog().ReadAsync(Since, default)).Gap, Is.EqualTo("Heroku keeps 1500 lines, and they begin at 10:05:00, after the release."));
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
        var e = await Assert.ThrowsAsync<MonitoringException>(() => HerokuLog().ReadAsync(Since, default));

        Assert.That(e!.ToString(), Does.Not.Contain(_stub.Address.Authority));
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
        Assert.That(_stub.Requests[1].Request, Does.Contain("query=firstRelease%3A%22abc%22%20is%3Aunresolved").And.Contain("environment=production"));
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

        var seen = await Smoke().AskAsync(new(AppUrl(), Contains: "well"), default);

        Assert.That(seen.Sign, Is.EqualTo(Sign.Good));
        Assert.That(_stub.Requests.Single().Headers["Host"], Does.StartWith("sushi.localhost:"));
    }

    [Test]
    public async Task Asks_until_the_app_is_well()
    {
        _stub.On("GET /health", "maintenance", 503).On("GET /health", "", 500).On("GET /health", "well");

        var seen = await Smoke().AskAsync(new(AppUrl()), default);

        Assert.That(seen.Sign, Is.EqualTo(Sign.Good));
        Assert.That(_stub.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Gives_up_in_time_and_says_what_it_saw_last()
    {
        _stub.On("GET /health", "maintenance", 503);

        var seen = await Smoke().AskAsync(new(AppUrl()), default);

        Assert.That(seen, Is.EqualTo(new Observation($"smoke test {AppUrl()}", Sign.Bad, "did not answer 200 within 00:02:00 (last: 503).")));
    }

    private HerokuLogs HerokuLog() => new(_http, (_, _) => Task.FromResult(new Uri(_stub.Address, "session")));

    private ReleaseTasks.Monitoring.Sentry Tracker() => new(_http, new() { Address = _stub.Address, Token = "t", Organization = "sushi" }, _time);

    private SmokeTester Smoke() => new(_http, new() { RequestTimeout = TimeSpan.FromDays(1) }, _time);

    private Uri AppUrl() => new($"http://sushi.localhost:{_stub.Address.Port}/health");

    private static string Search(string search, string from) => string.Format(CultureInfo.InvariantCulture, search, from);

    private static string Page(string maxId, params string[] events) => $$"""{"events":[{{string.Join(',', events)}}],"max_id":"{{maxId}}"}""";

    private static string Event(string id, int second, string program, string message) =>
        $$"""{"id":"{{id}}","generated_at":"{{Since.AddSeconds(second):yyyy-MM-ddTHH:mm:ssZ}}","program":"{{program}}","message":"{{message}}"}""";

    private static string Issue(string id) =>
        $$"""[{"shortId":"{{id}}","title":"KeyError","count":"12","userCount":3,"permalink":"https://sentry.io/{{id}}"}]""";
}
