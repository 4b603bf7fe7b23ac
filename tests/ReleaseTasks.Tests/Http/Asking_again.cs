using ReleaseTasks.Http;
using ReleaseTasks.Tests.GitHub;

namespace ReleaseTasks.Tests.Http;

/// <summary>What every service's connection has in common; what is peculiar to one stands in its own tests.</summary>
public sealed class Asking_again
{
    private readonly List<string> _said = [];
    private Stub _stub = null!;
    private LeapingTime _time = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _said.Clear();
        _stub = await Stub.StartAsync();
        _time = new LeapingTime(new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
        _http = Connect(new ServiceRetry("Sentry"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _stub.DisposeAsync();
    }

    [Test]
    public async Task Ends_after_four_attempts_each_of_which_has_its_time_and_says_what_it_waits_for()
    {
        _stub.HangOn("GET /issues");
        using var impatient = Connect(Impatient);

        var e = await Assert.ThrowsAsync<HttpRequestException>(() => impatient.GetAsync("issues?query=x"));

        Assert.That(e!.Message, Is.EqualTo("no answer within 0.75 seconds."));
        Assert.That(_said, Is.EqualTo(Enumerable.Repeat("Sentry did not answer GET /issues within 0.75 seconds: asking again.", 3)));
        Assert.That(_stub.Requests, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Is_not_done_with_a_change_that_may_have_happened()
    {
        _stub.HangOn("POST /issues");
        using var impatient = Connect(Impatient);

        await Assert.ThrowsAsync<HttpRequestException>(() => impatient.PostAsync("issues", new StringContent("{}")));

        Assert.That(_stub.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("Retry-After", "45", 45)]
    [TestCase("Retry-After", "Mon, 23 Nov 2026 10:00:45 GMT", 45)]
    [TestCase("X-Sentry-Rate-Limit-Reset", "1795428045", 45)]
    [TestCase("X-Rate-Limit-Reset", "45", 45)]
    [TestCase("X-RateLimit-Reset", "1795427000", 0)]
    public async Task Comes_when_the_service_says(string header, string value, int seconds)
    {
        _stub.On("GET /issues", "", 429, (header, value), ("X-Sentry-Rate-Limit-Remaining", "0")).On("GET /issues", "[]");
        var before = _time.GetUtcNow();

        using var answer = await _http.GetAsync("issues");

        Assert.That(answer.IsSuccessStatusCode);
        Assert.That(_time.GetUtcNow() - before, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public async Task Waits_longer_each_time_where_the_service_does_not_say()
    {
        _stub.On("GET /issues", "", 429);

        using var answer = await _http.GetAsync("issues");

        Assert.That((int)answer.StatusCode, Is.EqualTo(429));
        Assert.That(_said, Is.EqualTo(new[] { 60, 120, 240 }.Select(seconds => $"Sentry asks for a pause: going on in {seconds} seconds.")));
    }

    private static ServiceRetry Impatient => new("Sentry") { Attempt = TimeSpan.FromSeconds(0.75) };

    private HttpClient Connect(ServiceRetry retry)
    {
        var http = ServiceHttp.Connect(retry, _time, _said.Add);
        http.BaseAddress = _stub.Address;
        return http;
    }
}
