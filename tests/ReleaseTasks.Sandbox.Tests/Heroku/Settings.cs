using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>Domains, drains, webhooks, buildpacks, schedules, pools and plans: what isn't taken, and what stays as it was then.</summary>
public sealed class Settings
{
    private const string Database = "/client/v11/databases/postgresql-curved-12345";

    [TestCase("POST", "/apps/sushi/domains", """{ "hostname": "no host", "sni_endpoint": null }""", "422 invalid_params")]
    [TestCase("POST", "/apps/sushi/domains", """{ "hostname": "sushi.localhost", "sni_endpoint": null }""", "422 invalid_params")]
    [TestCase("POST", "/apps/sushi/domains", """{ "hostname": "www.example.com", "sni_endpoint": "mine" }""", "404 not_found")]
    [TestCase("DELETE", "/apps/sushi/domains/sushi.localhost", "{}", "403 forbidden")]
    [TestCase("POST", "/apps/sushi/log-drains", """{ "url": "ftp://example.com" }""", "422 invalid_params")]
    [TestCase("DELETE", "/apps/sushi/log-drains/https%3A%2F%2Fexample.com", "{}", "404 not_found")]
    [TestCase("POST", "/apps/sushi/webhooks", """{ "include": ["api:release"], "level": "notify", "url": "http://example.com" }""", "422 invalid_params")]
    [TestCase("POST", "/apps/sushi/webhooks", """{ "include": [], "level": "notify", "url": "https://example.com" }""", "422 invalid_params")]
    [TestCase("POST", "/apps/sushi/webhooks", """{ "include": ["api:release"], "level": "shout", "url": "https://example.com" }""", "422 invalid_params")]
    [TestCase("PUT", "/apps/sushi/buildpack-installations", """{ "updates": [{ "buildpack": "heroku/cobol" }] }""", "422 invalid_params")]
    [TestCase("PUT", "/apps/sushi/buildpack-installations", """{ "updates": [{ "buildpack": "heroku/go" }, { "buildpack": "heroku/go" }] }""", "422 invalid_params")]
    [TestCase("PATCH", "/apps/sushi/addons/postgresql-curved-12345", """{ "plan": "papertrail:fixa" }""", "422 invalid_params")]
    [TestCase("POST", Database + "/transfer-schedules", """{ "schedule_name": "DATABASE_URL", "hour": 24, "timezone": "UTC" }""", "422 invalid_params")]
    [TestCase("POST", Database + "/transfer-schedules", """{ "schedule_name": "DATABASE_URL", "hour": 4, "timezone": "Mars/Olympus" }""", "422 invalid_params")]
    [TestCase("POST", Database + "/connection-pooling", """{ "app": "sushi", "credential": "reader", "name": null }""", "404 not_found")]
    [TestCase("POST", Database + "/connection-pooling", """{ "app": "sushi", "credential": "default", "name": "DATABASE" }""", "423 confirmation_required")]
    public async Task Are_not_taken_when_Heroku_would_not_take_them(string method, string path, string body, string refusal)
    {
        await using var host = await HerokuHost.StartAsync();
        var before = host.Read(SavedWorld.TextOf);

        var refused = await host.Jim.SendAsync(method, path, JsonNode.Parse(body)).ErrorAsync();

        Assert.That(refused, Is.EqualTo(refusal));
        Assert.That(host.Read(SavedWorld.TextOf), Is.EqualTo(before));
    }

    [Test]
    public async Task Are_there_after_a_restart()
    {
        string directory;
        await using (var host = await HerokuHost.StartAsync(keep: true))
        {
            directory = host.Directory;
            await host.Jim.SendAsync("PATCH", "/apps/sushi", new { build_stack = "heroku-22" });
            await host.Jim.SendAsync("PUT", "/apps/sushi/buildpack-installations", new { updates = new[] { new { buildpack = "heroku/python" } } });
            await host.Jim.SendAsync("POST", "/apps/sushi/domains", new { hostname = "www.example.com", sni_endpoint = (string?)null });
            await host.Jim.SendAsync("POST", "/apps/sushi/log-drains", new { url = "https://example.com" });
            await host.Jim.SendAsync("POST", "/apps/sushi/webhooks", new { include = new[] { "dyno" }, level = "sync", url = "https://example.com" });
            await host.Jim.SendAsync("POST", Database + "/transfer-schedules", new { schedule_name = "DATABASE_URL", hour = 4, timezone = "UTC" });
        }

        await using var restarted = await HerokuHost.StartAsync(directory: directory);

        Assert.That(
            restarted.Read(w => JsonSerializer.Serialize(new
            {
                restarted.Sushi.BuildStack,
                restarted.Sushi.Buildpacks,
                Domains = restarted.Sushi.Domains.ConvertAll(d => d.Hostname),
                Drains = restarted.Sushi.Drains.ConvertAll(d => d.Url),
                Webhooks = restarted.Sushi.Webhooks.ConvertAll(h => h.Level),
                Schedules = w.AddOns[0].Schedules.ConvertAll(s => s.Hour),
            })),
            Is.EqualTo(
                """{"BuildStack":"heroku-22","Buildpacks":["urn:buildpack:heroku/python"],"Domains":["www.example.com"],"Drains":["https://example.com"],"Webhooks":["sync"],"Schedules":[4]}"""));
    }

    [Test]
    public async Task Of_a_pool_are_those_of_its_database()
    {
        await using var host = await HerokuHost.StartAsync();

        await host.Jim.SendAsync("POST", Database + "/connection-pooling", new { app = "sushi", credential = "default", name = "POOL" });
        await host.UntilAsync(w => w.FindApp("sushi")!.Releases.TrueForAll(r => r.Status != ReleaseStatus.Pending), "the release phase is over");

        Assert.That(host.Sushi.ConfigVars["POOL_URL"], Is.EqualTo(host.Sushi.ConfigVars["DATABASE_URL"]));
        Assert.That(host.Releases[^1], Is.EqualTo("Attach POOL (@ref:postgresql-curved-12345)"));
    }
}
