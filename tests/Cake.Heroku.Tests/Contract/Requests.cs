using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Cake.Heroku.Tests.Stub;
using Refit;

namespace Cake.Heroku.Tests.Contract;

public sealed class Requests
{
    [TestCaseSource(typeof(Exchange), nameof(Exchange.All))]
    public async Task Are_those_of_the_heroku_cli(object exchange)
    {
        var (request, body, answer, call) = (Exchange)exchange;
        await using var stub = await HerokuStub.StartAsync();
        stub.On(request, Reply.Ok(answer));

        await call(stub.Connect());

        Assert.That(stub.Lines, Is.EqualTo(new[] { request }));
        Assert.That(JsonNode.DeepEquals(Parse(stub.Requests[0].Body), Parse(body)), Is.True, stub.Requests[0].Body);
        Assert.That(
            stub.Requests[0].Headers.GetValueOrDefault("Content-Type"),
            body.Length == 0 ? Is.Null : Does.StartWith("application/json"));
    }

    [Test]
    public async Task Are_the_same_in_any_culture()
    {
        await using var stub = await HerokuStub.StartAsync();
        var heroku = stub.Connect();
        CultureInfo.CurrentCulture = FarAway();

        foreach (var exchange in Exchange.All())
        {
            stub.On(exchange.Request, Reply.Ok(exchange.Answer));
            await exchange.Call(heroku);

            Assert.That(stub.Requests[^1].Line, Is.EqualTo(exchange.Request));
            Assert.That(JsonNode.DeepEquals(Parse(stub.Requests[^1].Body), Parse(exchange.Body)), stub.Requests[^1].Body);
        }
    }

    /// <summary>Made by hand: these tests run without the cultures of the machine.</summary>
    private static CultureInfo FarAway()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.DateTimeFormat.TimeSeparator, culture.DateTimeFormat.DateSeparator) = (".", ".");
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NegativeSign) = (",", "−");
        return culture;
    }

    /// <summary>One that is added to an interface needs an exchange here.</summary>
    [Test]
    public void Are_all_tried()
    {
        var methods = Methods(typeof(IHerokuApi)).Concat(Methods(typeof(IHerokuDataApi))).ToList();

        var untried = methods.Where(method => !Exchange.All().Any(exchange => Fits(method, exchange)));
        Assert.That(untried.Select(method => $"{method.Method} {method.Path}"), Is.Empty);
    }

    private static IEnumerable<HttpMethodAttribute> Methods(Type api) =>
        api.GetMethods().Select(method => method.GetCustomAttribute<HttpMethodAttribute>()).OfType<HttpMethodAttribute>();

    private static bool Fits(HttpMethodAttribute method, Exchange exchange)
    {
        var (verb, path) = (exchange.Request.Split(' ')[0], exchange.Request.Split(' ')[1].Split('/'));
        var template = method.Path.Split('/');
        return verb == method.Method.Method && path.Length == template.Length
            && path.Zip(template).All(part => part.Second.StartsWith('{') || part.First == part.Second);
    }

    private static JsonNode? Parse(string json) => json.Length == 0 ? null : JsonNode.Parse(json);
}
