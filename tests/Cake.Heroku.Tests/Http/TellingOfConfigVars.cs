using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Http;

public sealed class TellingOfConfigVars
{
    private static readonly AppName Sushi = new("sushi");

    [Test]
    public async Task Is_done_of_every_answer_that_holds_some_before_who_asked_has_it()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi/config-vars", Reply.Ok("""{"A": "now"}"""));
        stub.On("GET /apps/sushi/releases/51/config-vars", Reply.Ok("""{"A": "then"}"""));
        stub.On("PATCH /apps/sushi/config-vars", Reply.Ok("""{"A": "now", "B": "new"}"""));
        var heard = new List<string>();
        using var heroku = Connect(stub, held => heard.AddRange(held.Select(one => $"{one.Key}={one.Value}")));

        var now = await heroku.Api.GetConfigVarsAsync(Sushi, default);
        Assert.That((heard.Single(), now["A"]), Is.EqualTo(("A=now", "now")));

        await heroku.Api.GetReleaseConfigVarsAsync(Sushi, 51, default);
        await heroku.Api.SetConfigVarsAsync(Sushi, new Dictionary<string, string?> { ["B"] = "new" }, default);
        Assert.That(heard, Is.EqualTo(["A=now", "A=then", "A=now", "B=new"]));
    }

    [Test]
    public async Task Is_left_to_who_asked_where_the_answer_cannot_be_read()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi/config-vars", Reply.Ok("<html>"));
        using var heroku = Connect(stub, held => Assert.That(held, Is.Empty));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => heroku.Api.GetConfigVarsAsync(Sushi, default));

        Assert.That(e!.Message, Does.Contain("its answer can't be read"));
    }

    private static HerokuClients Connect(HerokuStub stub, Action<IReadOnlyDictionary<string, string>> listen) =>
        new(HerokuSettings.FromEnvironment(stub.Environment), new HastyTime(), listen);
}
