namespace Cake.Heroku.Tests.Contract;

/// <summary>Nobody's word but Heroku's own: request bodies, and the answers that these tests are written with.</summary>
[Category("Reference")]
public sealed class Schema
{
    private static readonly Lazy<PlatformSchema?> Published = new(
        () => Places.Shared("heroku-platform-schema.json") is { } file ? new(file) : null);

    [SetUp]
    public void RequireSchema() => Assume.That(Published.Value, Is.Not.Null, "Heroku's schema is not on this machine.");

    [TestCaseSource(typeof(Exchange), nameof(Exchange.Platform))]
    public async Task Allows(object exchange)
    {
        var one = (Exchange)exchange;

        var isUnpublished = one.Request.StartsWith("DELETE /apps/sushi/addons/", StringComparison.Ordinal); // the CLI's "force"

        Assert.That(await Published.Value!.CheckBodyAsync(one), isUnpublished ? Has.One.Contains("is not in the schema") : Is.Empty);
        Assert.That(await Published.Value!.CheckAnswerAsync(one), Is.Empty);
    }

    [TestCase("PATCH /apps/sushi", """{"maintenence":true}""")]
    [TestCase("PATCH /apps/sushi", """{"maintenance":"on"}""")]
    [TestCase("POST /apps/sushi/releases", """{"release":51}""")]
    [TestCase("POST /apps/sushi/releases", "{}")]
    [TestCase("POST /apps/sushi/addons", """{"config":{}}""")]
    [TestCase("PATCH /apps/sushi/formation", """{"updates":[{"typ":"web"}]}""")]
    [TestCase("PATCH /apps/sushi/formation", "")]
    [TestCase("POST /apps/sushi/nothing", "{}")]
    public async Task Refuses_damage_to_a_body(string request, string body)
    {
        Assert.That(await Published.Value!.CheckBodyAsync(new(request, body, "", _ => Task.CompletedTask)), Is.Not.Empty);
    }

    [TestCase("GET /apps/sushi", "\"maintenance\"", "\"maintenence\"")]
    [TestCase("GET /apps/sushi", "false", "\"no\"")]
    [TestCase("GET /apps/sushi/releases", "\"succeeded\"", "\"well\"")]
    [TestCase("GET /apps/sushi/releases", "\"version\"", "\"verzion\"")]
    public async Task Refuses_damage_to_an_answer(string request, string text, string damage)
    {
        var exchange = Exchange.Platform().First(e => e.Request == request);

        Assert.That(
            await Published.Value!.CheckAnswerAsync(
                exchange with { Answer = exchange.Answer.Replace(text, damage, StringComparison.Ordinal) }),
            Is.Not.Empty);
    }
}
