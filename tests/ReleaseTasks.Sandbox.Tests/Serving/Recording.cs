using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Tests.Heroku;
using ReleaseTasks.Shapes;

namespace ReleaseTasks.Sandbox.Tests.Serving;

/// <summary>The net under all tests: it sees what every sandbox is asked and answers, and damage to it.</summary>
[Category("Reference")]
public sealed class Recording
{
    [SetUp]
    public void NeedTheShapes() => Assume.That(HerokuShapes.AreHere && GitHubShapes.AreHere, "What Heroku and GitHub publish isn't beside this checkout.");

    [Test]
    public async Task Sees_an_exchange_of_whatever_client_as_it_was_before_scripted_damage()
    {
        var name = $"seen-{Guid.NewGuid():N}"[..24];
        await using var host = await HerokuHost.StartAsync(o => o with { Faults = Fault.Parse("POST /apps: set field=id value=7") });

        var answer = await (await host.Jim.SendAsync("POST", "/apps", new { name })).JsonAsync();
        await host.Anonymous().GetAsync(new Uri($"/apps/{name}", UriKind.Relative));

        var seen = Exchanges.All().Select(line => JsonNode.Parse(line)!).Where(exchange => exchange.ToJsonString().Contains(name, StringComparison.Ordinal)).ToList();
        Assert.That(seen.Select(exchange => $"{exchange["Method"]} {exchange["Path"]} {exchange["Status"]}"), Is.EqualTo(["POST /apps 201", $"GET /apps/{name} 401"]));
        Assert.That(seen[0]["Request"]!.ToString(), Is.EqualTo($$"""{"name":"{{name}}"}"""));
        Assert.That(JsonNode.Parse(seen[0]["Answer"]!.ToString())!["id"]!.ToString(), Has.Length.EqualTo(36));
        Assert.That(answer!["id"]!.GetValue<int>(), Is.EqualTo(7));
    }

    [TestCase("GET", "/apps/sushi/config-vars", 200, "", """{"MYVAR":7}""", "GET /apps/{}/config-vars")]
    [TestCase("POST", "/apps/sushi/addons", 201, """{"plan":7}""", "", "request")]
    [TestCase("GET", "/apps/sushi", 200, "", "{}", "PropertyRequired")]
    [TestCase("GET", "/api/v3/repos/zupo/sushi/pulls/3", 200, "", "{}", "PropertyRequired")]
    [TestCase("PUT", "/api/v3/repos/zupo/sushi/pulls/3/merge", 200, """{"shaa":"1"}""", """{"sha":"1","merged":true,"message":""}""", "request")]
    public void Finds_damage(string method, string path, int status, string request, string answer, string problem) => Assert.That(
        Exchanges.Judge(JsonSerializer.Serialize(new Exchange("tests", method, path, "", status, request, answer))),
        Has.Some.StartsWith($"{method} {path} {status}: ").And.Some.Contains(problem));

    [Test]
    public void Finds_nothing_in_what_is_as_it_should_be() => Assert.That(
        Exchanges.Judge(JsonSerializer.Serialize(new Exchange("tests", "GET", "/apps/sushi/config-vars", "", 200, "", """{"MYVAR":"old"}"""))), Is.Empty);
}
