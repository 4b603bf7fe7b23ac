using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Http;

public sealed class TokenAndHeaders
{
    private static readonly AppName Sushi = new("sushi");

    [Test]
    public async Task Go_to_both_apis()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi", Reply.Ok(Sample.App())).On("GET /client/v11/apps/sushi/transfers", Reply.Ok("[]"));
        var heroku = stub.Connect();

        await heroku.Api.GetAppAsync(Sushi, default);
        await heroku.Data.ListTransfersAsync(Sushi, default);

        Assert.That(stub.Requests.Select(request => request.Headers["Authorization"]), Is.All.EqualTo("Bearer not-a-token"));
        Assert.That(
            stub.Requests.Select(request => request.Headers["Accept"]),
            Is.EqualTo(new[] { "application/vnd.heroku+json; version=3.sdk", "application/vnd.heroku+json; version=3" }));
        Assert.That(stub.Requests.Select(request => request.Headers["User-Agent"]), Is.All.StartsWith("Cake.Heroku/"));
        Assert.That(stub.Requests.Select(request => request.Headers["Request-Id"]), Is.Unique);
    }

    [Test]
    public async Task Do_not_follow_a_redirect()
    {
        await using var elsewhere = await HerokuStub.StartAsync();
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi", Reply.Error(302, "found", "Elsewhere").With("Location", $"{elsewhere.Address}apps/sushi"));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Api.GetAppAsync(Sushi, default));

        Assert.That((int?)e!.Status, Is.EqualTo(302));
        Assert.That(elsewhere.Requests, Is.Empty);
    }

    [Test]
    public void Do_not_leave_this_machine_unencrypted()
    {
        var settings = new HerokuSettings(new("https://api.heroku.com"), new("http://api.data.heroku.com"), new("hidden"));

        Assert.That(() => new HerokuClients(settings), Throws.InstanceOf<HerokuConfigurationException>()
            .With.Message.EqualTo("'api.data.heroku.com' would get the token unencrypted. Write https://."));
    }

    [Test]
    public async Task Do_not_leave_by_an_address_that_is_a_secret_itself()
    {
        await using var stub = await HerokuStub.StartAsync();
        var streams = stub.Connect().Streams;

        var e = await Assert.ThrowsAsync<HerokuApiException>(() =>
            streams.ReadLogAsync(new(new("http://logs.example.com/sessions/hidden")), default).ToListAsync().AsTask());

        Assert.That(e!.Message, Is.EqualTo("The address of the log would be sent unencrypted."));
    }

    [Test]
    public async Task Do_not_go_to_the_addresses_that_heroku_hands_out()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("PUT /source", Reply.Ok("")).On("GET /log", Reply.Ok("") with { ContentType = "text/plain" });
        var streams = stub.Connect().Streams;
        var address = new SecretUrl($"{stub.Address}source");

        await streams.PutSourceAsync(new(address, address), new MemoryStream([1, 2, 3]), default);
        await streams.ReadLogAsync(new(new($"{stub.Address}log")), default).ToListAsync();

        Assert.That(stub.Requests.Select(request => request.Headers.ContainsKey("Authorization")), Is.All.False);
        Assert.That(stub.Requests[0].Headers.ContainsKey("Content-Type"), Is.False);
        Assert.That(stub.Requests[0].Headers["Content-Length"], Is.EqualTo("3"));
    }

    [Test]
    public void Show_no_secret_in_any_text()
    {
        var settings = new HerokuSettings(new("https://api.heroku.com"), new("https://api.data.heroku.com"), new("hidden"));
        var session = new LogSession(new("https://logs.example.com/sessions/hidden?srv=hidden"));
        var source = new SourceLocation(new("https://user:hidden@source.example.com/hidden"), new("hidden"));
        var row = new DatabaseInfo("Following", ["postgres://user:hidden@db.example.com/name"]);

        var database = new Database(default, "silver", "standard-0") { ResourceUrl = new(
            "postgres://user:hidden@db.example.com/name"), Info = [row] };

        var text = $"{settings} {session} {source} {row} {database}";

        Assert.That(text, Does.Not.Contain("hidden").And.Contains("https://logs.example.com/…"));
    }
}
