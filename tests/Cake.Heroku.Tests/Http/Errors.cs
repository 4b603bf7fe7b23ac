using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Http;

public sealed class Errors
{
    private static readonly AppName Sushi = new("sushi");

    [Test]
    public async Task Say_what_was_refused_and_why()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(
            "GET /apps/sushi/addons/SILVER",
            Reply.Json(404, """{"resource": "add_on", "id": "not_found", "message": "Couldn't find that add-on."}"""));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Api.GetAddonAsync(Sushi, "SILVER", default));

        Assert.That(
            e!.Message,
            Is.EqualTo(
                "Heroku refused GET /apps/sushi/addons/SILVER: Couldn't find that add-on (404 not_found, request 4f1c-of-the-stub)."));
        Assert.That(
            (e.Status, e.Id, e.Resource, e.RequestId),
            Is.EqualTo((System.Net.HttpStatusCode.NotFound, "not_found", "add_on", "4f1c-of-the-stub")));
        Assert.That((e.Method, e.Path, e.OutcomeIsUnknown), Is.EqualTo(("GET", "/apps/sushi/addons/SILVER", false)));
    }

    [TestCase("""{"id": "x", "message": "not-a-token is no good"}""")]
    [TestCase("""{"id": "x", "message": "could not connect to postgres://user:hidden@db.example.com/name"}""")]
    [TestCase("""{"id": "x", "message": "see https://logplex.example.com/session?hidden=1"}""")]
    [TestCase("<html>hidden</html>")]
    [TestCase("")]
    [TestCase("[]")]
    public async Task Hold_no_secret(string body)
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("PATCH /apps/sushi/config-vars", Reply.Json(422, body));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() =>
            stub.Connect().Api.SetConfigVarsAsync(Sushi, new Dictionary<string, string?> { ["MYVAR"] = "hidden" }, default));

        Assert.That(e!.ToString(), Does.Not.Contain("hidden").And.Not.Contain("not-a-token"));
        Assert.That(e.Message, Does.StartWith("Heroku refused PATCH /apps/sushi/config-vars: "));
    }

    [TestCase("{}", "at $")]
    [TestCase("""{"id": "hidden"}""", "at $.id")]
    [TestCase("hidden", "at $")]
    public async Task Of_an_answer_that_makes_no_sense_say_where_and_not_what(string body, string where)
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("PATCH /apps/sushi", Reply.Ok(body));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Api.SetMaintenanceAsync(Sushi, on: true, default));

        Assert.That(e!.OutcomeIsUnknown, Is.True, "the change may well have been made");
        Assert.That(
            e.Message,
            Is.EqualTo($"What came of PATCH /apps/sushi isn't known: its answer can't be read ({where}). Read back before repeating it."));
        Assert.That(e.ToString(), Does.Not.Contain("hidden"));
    }

    [Test]
    public async Task Leave_values_that_heroku_adds_readable()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi/releases/51", Reply.Ok(Sample.Release(51, status: "pondering")));

        var release = await stub.Connect().Api.GetReleaseAsync(Sushi, 51, default);

        Assert.That(release.Status, Is.EqualTo("pondering"));
    }
}
