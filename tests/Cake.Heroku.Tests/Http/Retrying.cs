using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;
using Microsoft.Extensions.Time.Testing;

namespace Cake.Heroku.Tests.Http;

public sealed class Retrying
{
    private static readonly AppName Sushi = new("sushi");

    private static readonly Reply[] Failures =
    [
        Reply.Error(500, "internal_error", "Oops"), Reply.Error(502, "bad_gateway", "Oops"),
        Reply.Error(503, "unavailable", "Oops"), Reply.Error(408, "timeout", "Oops"),
        Reply.Dropped, Reply.Ok("""{"id":""") with { Drops = true },
    ];

    [TestCaseSource(nameof(Failures))]
    public async Task Repeats_a_question_that_failed(object failure)
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi", (Reply)failure, (Reply)failure, Reply.Ok(Sample.App()));

        var app = await stub.Connect().Api.GetAppAsync(Sushi, default);

        Assert.That(app.Name, Is.EqualTo(Sushi));
        Assert.That(stub.Requests, Has.Count.EqualTo(3));
    }

    [TestCaseSource(nameof(Failures))]
    public async Task Does_not_repeat_a_change_whose_outcome_is_unknown(object failure)
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("PATCH /apps/sushi", (Reply)failure, Reply.Ok(Sample.App()));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Api.SetMaintenanceAsync(Sushi, on: true, default));

        Assert.That(e!.OutcomeIsUnknown, Is.True);
        Assert.That(
            e.Message,
            Does.StartWith("What came of PATCH /apps/sushi isn't known: ").And.EndsWith("Read back before repeating it."));
        Assert.That(stub.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Repeats_a_change_that_the_rate_limit_turned_away_after_the_pause_it_asks_for()
    {
        await using var stub = await HerokuStub.StartAsync();
        var time = new HastyTime();
        stub.On(
            "PATCH /apps/sushi",
            Reply.Error(429, "rate_limit", "Slow down").With("Retry-After", "7"),
            Reply.Ok(Sample.App(maintenance: true)));

        await stub.Connect(time).Api.SetMaintenanceAsync(Sushi, on: true, default);

        Assert.That(time.Pauses, Is.EqualTo(new[] { TimeSpan.FromSeconds(7) }));
        Assert.That(stub.Requests.Select(request => request.Body), Is.All.EqualTo("""{"maintenance":true}"""));
    }

    [Test]
    public async Task Leaves_a_long_pause_to_the_caller()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi", Reply.Error(429, "rate_limit", "Slow down").With("Retry-After", "3600"));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Api.GetAppAsync(Sushi, default));

        Assert.That(e!.Id, Is.EqualTo("rate_limit"));
        Assert.That(stub.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(400), TestCase(401), TestCase(402), TestCase(403), TestCase(404), TestCase(409), TestCase(422), TestCase(423)]
    public async Task Takes_a_refusal_for_an_answer(int status)
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi", Reply.Error(status, "refused", "No"), Reply.Ok(Sample.App()));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Api.GetAppAsync(Sushi, default));

        Assert.That((int?)e!.Status, Is.EqualTo(status));
        Assert.That(stub.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Gives_a_question_up_after_six_attempts()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi", Reply.Error(503, "unavailable", "Down"));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Api.GetAppAsync(Sushi, default));

        Assert.That(e!.Message, Is.EqualTo("Heroku failed to answer GET /apps/sushi: Down (503 unavailable, request 4f1c-of-the-stub)."));
        Assert.That(e.OutcomeIsUnknown, Is.False, "a question changes nothing");
        Assert.That(stub.Requests, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Repeats_a_question_that_is_asked_by_post()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("POST /actions/addons/resolve", Reply.Error(503, "unavailable", "Down"), Reply.Ok($"[{Sample.Addon()}]"));

        var found = await stub.Connect().Api.ResolveAddonsAsync(new("YELLOW", Sushi), default);

        Assert.That(found.Single().Name, Is.EqualTo("postgresql-flat-12345"));
        Assert.That(stub.Requests.Select(request => request.Body), Is.All.EqualTo("""{"addon":"YELLOW","app":"sushi"}"""));
    }

    [Test]
    public async Task Repeats_a_change_that_never_left_this_machine()
    {
        var time = new HastyTime();
        using var nowhere = new HerokuClients(new(new("http://127.0.0.1:1"), new("http://127.0.0.1:1"), new("not-a-token")), time);

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => nowhere.Api.SetMaintenanceAsync(Sushi, on: true, default));

        Assert.That(e!.OutcomeIsUnknown, Is.False, "nothing was sent");
        Assert.That(e.Message, Does.StartWith("127.0.0.1 can't be reached for PATCH /apps/sushi: "));
        Assert.That(time.Pauses, Has.Count.EqualTo(5));
    }

    [Test, CancelAfter(30_000)]
    public async Task Waits_a_minute_for_an_answer(CancellationToken ct)
    {
        await using var stub = await HerokuStub.StartAsync();
        var time = new FakeTimeProvider();
        stub.On("PATCH /apps/sushi", Reply.Hanging);

        var asking = stub.Connect(time).Api.SetMaintenanceAsync(Sushi, on: true, ct);
        await Eventually.Is(() => stub.Requests.Count == 1, ct);
        time.Advance(TimeSpan.FromSeconds(59));
        var before = asking.IsCompleted;
        time.Advance(TimeSpan.FromSeconds(2));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => asking);
        Assert.That(before, Is.False);
        Assert.That(e!.OutcomeIsUnknown, Is.True);
        Assert.That(
            e.Message,
            Is.EqualTo("What came of PATCH /apps/sushi isn't known: no answer within 60 seconds. Read back before repeating it."));
    }

    [Test, CancelAfter(30_000)]
    public async Task Stops_at_once_when_it_is_told_to(CancellationToken ct)
    {
        await using var stub = await HerokuStub.StartAsync();
        using var stopping = new CancellationTokenSource();
        stub.On("GET /apps/sushi", Reply.Hanging);

        var asking = stub.Connect().Api.GetAppAsync(Sushi, stopping.Token);
        await Eventually.Is(() => stub.Requests.Count == 1, ct);
        await stopping.CancelAsync();

        Assert.That(() => asking, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(stub.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Goes_slower_when_few_requests_are_left()
    {
        await using var stub = await HerokuStub.StartAsync();
        var time = new HastyTime();
        stub.On("GET /apps/sushi", Reply.Ok(Sample.App()).With("RateLimit-Remaining", "99"))
            .On("PATCH /apps/sushi", Reply.Ok(Sample.App()).With("RateLimit-Remaining", "98"));
        var api = stub.Connect(time).Api;

        await api.GetAppAsync(Sushi, default);
        await api.SetMaintenanceAsync(Sushi, on: true, default);
        Assert.That(time.Pauses, Is.Empty, "a change is what the requests were saved for");
        await api.GetAppAsync(Sushi, default);

        Assert.That(time.Pauses, Is.EqualTo(new[] { TimeSpan.FromSeconds(0.8) }));
    }
}
