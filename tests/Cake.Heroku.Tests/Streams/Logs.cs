using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Streams;

public sealed class Logs
{
    private const string Session = "POST /apps/sushi/log-sessions";

    private static readonly AppName Sushi = new("sushi");

    [Test]
    public async Task Are_lines_of_who_said_what_when()
    {
        await using var stub = await HerokuStub.StartAsync();
        const string Words = "2026-01-02T03:04:05.678901+00:00 app[web.1]: hello: world\n"
            + "2026-01-02T03:04:06.000000+00:00 heroku[router]: at=error code=H12";
        Log(stub, "1", Event(Words) + Event("no line of logplex's"));

        var lines = await stub.Connect().Logs.ReadAsync(Sushi, 100, default).ToListAsync();

        Assert.That(lines, Is.EqualTo(new LogLine[]
        {
            new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(6789010), "app", "web.1", "hello: world"),
            new(new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero), "heroku", "router", "at=error code=H12"),
            new(null, "", "", "no line of logplex's"),
        }));
    }

    [TestCase("")]
    [TestCase("hello")]
    [TestCase("2026-99-99T10:00:00+00:00 app[web.1]: x")]
    [TestCase("2026-11-23T10:00:00+00:00 app web.1: x")]
    [TestCase("10:00:00 app[web.1]: x")]
    public void Keep_whole_what_is_no_line(string text) => Assert.That(LogLine.Parse(text), Is.EqualTo(new LogLine(null, "", "", text)));

    [Test, CancelAfter(30_000)]
    public async Task Go_on_in_a_new_session_without_saying_anything_twice(CancellationToken ct)
    {
        await using var stub = await HerokuStub.StartAsync();
        var (one, two, three, four) = (Line(1, "one"), Line(2, "two"), Line(2, "three"), Line(3, "four"));
        stub.On(Session, To(stub, "1"), To(stub, "2"), To(stub, "3"))
            .On("GET /logs/1", Stream(Event(one) + Event(two)))
            .On("GET /logs/2", Reply.Json(404, "gone"))
            .On("GET /logs/3", Stream(Event(one) + Event(two) + Event(three) + Event(four)));

        var lines = await stub.Connect().Logs.TailAsync(
            Sushi,
            new NewLogSession { Source = "app" },
            ct).Take(4).Select(line => line.Text).ToListAsync(ct);

        Assert.That(lines, Is.EqualTo(new[] { "one", "two", "three", "four" }));
        Assert.That(stub.Requests.Where(request => request.Line == Session).Select(request => request.Body), Is.EqualTo(new[]
        {
            """{"lines":100,"tail":true,"source":"app"}""",
            """{"lines":1500,"tail":true,"source":"app"}""",
            """{"lines":1500,"tail":true,"source":"app"}""",
        }));
    }

    [Test]
    public async Task That_break_off_are_an_error_without_their_address()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(Session, To(stub, "secret")).On("GET /logs/secret", Stream(Event(Line(1, "one"))) with { Drops = true });

        var e = await Assert.ThrowsAsync<HerokuApiException>(
            () => stub.Connect().Logs.ReadAsync(Sushi, 100, default).ToListAsync().AsTask());

        Assert.That(e!.Message, Does.StartWith("GET of the log broke off: "));
        Assert.That(e.ToString(), Does.Not.Contain("secret"));
    }

    [Test]
    public async Task Of_a_release_phase_may_come_late()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(
            "GET /output",
            Reply.Json(404, ""),
            Reply.Json(404, ""),
            Reply.Ok("INFO upgrade\nINFO done\n") with { ContentType = "text/plain" });

        var lines = await stub.Connect().Streams.ReadOutputAsync(new($"{stub.Address}output"), default).ToListAsync();

        Assert.That(lines, Is.EqualTo(new[] { "INFO upgrade", "INFO done" }));
    }

    [Test]
    public async Task That_never_come_are_an_error()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /output", Reply.Json(404, ""));

        var e = await Assert.ThrowsAsync<HerokuApiException>(
            () => stub.Connect().Streams.ReadOutputAsync(new($"{stub.Address}output"), default).ToListAsync().AsTask());

        Assert.That(e!.Message, Is.EqualTo("127.0.0.1 refused GET of the output (404)."));
    }

    private static void Log(HerokuStub stub, string name, string events) =>
        stub.On(Session, To(stub, name)).On($"GET /logs/{name}", Stream(events));

    private static Reply To(HerokuStub stub, string name) => Reply.Json(201, $$"""{"logplex_url": "{{stub.Address}}logs/{{name}}"}""");

    private static Reply Stream(string events) => Reply.Ok($"retry: 10\n\n{events}") with { ContentType = "text/event-stream" };

    private static string Event(string lines) => $"id: 1\n{string.Join('\n', lines.Split('\n').Select(line => $"data: {line}"))}\n\n";

    private static string Line(int second, string text) => $"2026-01-02T03:04:0{second}.000000+00:00 app[web.1]: {text}";
}
