using System.Net;
using System.Net.Http.Headers;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

public sealed class Answering
{
    [Test]
    public async Task Is_refused_without_a_known_key()
    {
        await using var host = await HerokuHost.StartAsync();
        using var anonymous = host.Anonymous();

        Assert.That(await anonymous.SendAsync("GET", "/apps/sushi").ErrorAsync(), Is.EqualTo("401 unauthorized"));
    }

    [Test]
    public async Task Needs_version_3()
    {
        await using var host = await HerokuHost.StartAsync();
        host.Jim.DefaultRequestHeaders.Accept.Clear();

        Assert.That(await host.Jim.SendAsync("GET", "/apps/sushi").ErrorAsync(), Is.EqualTo("406 not_acceptable"));
    }

    [TestCase("GET", "/apps/nigiri", "404 not_found")]
    [TestCase("GET", "/apps/sushi/releases/99", "404 not_found")]
    [TestCase("GET", "/apps/sushi/releases/x", "404 not_found")]
    [TestCase("GET", "/apps/sushi/addons/x", "404 not_found")]
    [TestCase("GET", "/apps/sushi/addon-attachments/x", "404 not_found")]
    [TestCase("GET", "/apps/sushi/builds/x", "404 not_found")]
    [TestCase("GET", "/apps/sushi/dynos/x", "404 not_found")]
    [TestCase("GET", "/apps/sushi/pipeline-couplings", "404 not_found")]
    [TestCase("GET", "/addons/x", "404 not_found")]
    [TestCase("DELETE", "/addon-attachments/x", "404 not_found")]
    [TestCase("GET", "/client/v11/databases/x", "404 not_found")]
    [TestCase("GET", "/client/v11/databases/x/wait_status", "404 not_found")]
    [TestCase("GET", "/client/v11/apps/sushi/transfers/7", "404 not_found")]
    [TestCase("GET", "/teams/permissions", "404 not_found")]
    [TestCase("GET", "/streams/00000000-0000-0000-0000-000000000000", "404 not_found")]
    [TestCase("GET", "/log-sessions/00000000-0000-0000-0000-000000000000", "404 not_found")]
    [TestCase("POST", "/apps/sushi/dynos", "422 invalid_params")]
    [TestCase("POST", "/apps/sushi/builds", "422 invalid_params")]
    [TestCase("POST", "/apps/sushi/addons", "422 invalid_params")]
    [TestCase("POST", "/addon-attachments", "422 invalid_params")]
    [TestCase("POST", "/actions/addons/resolve", "422 invalid_params")]
    [TestCase("POST", "/pipeline-promotions", "422 invalid_params")]
    [TestCase("PATCH", "/apps/sushi/formation", "422 invalid_params")]
    [TestCase("POST", "/filters/apps", "422 invalid_params")]
    [TestCase("PATCH", "/apps/sushi/features/nothing", "404 not_found")]
    [TestCase("PATCH", "/apps/sushi/formation/cook", "404 not_found")]
    [TestCase("GET", "/apps/sushi/telemetry-drains", "501 not_implemented")]
    public async Task Refuses_what_Heroku_refuses(string method, string path, string error)
    {
        await using var host = await HerokuHost.StartAsync();

        Assert.That(await host.Jim.SendAsync(method, path, method is "GET" or "DELETE" ? null : new { }).ErrorAsync(), Is.EqualTo(error));
    }

    [TestCase("PATCH", "/apps/sushi", """{"maintenance": "yes"}""", "422 invalid_params")]
    [TestCase("PATCH", "/apps/sushi", "{", "400 bad_request")]
    [TestCase("PATCH", "/apps/sushi", "[]", "400 bad_request")]
    [TestCase("PATCH", "/apps/sushi/config-vars", """{"A": {}}""", "422 invalid_params")]
    [TestCase("PATCH", "/apps/sushi/formation", """{"updates": {}}""", "422 invalid_params")]
    [TestCase("PATCH", "/apps/sushi/formation", """{"updates": [{"type": "web", "quantity": -1}]}""", "422 invalid_params")]
    [TestCase("PATCH", "/apps/sushi/formation", """{"updates": [{"type": "web", "size": "huge"}]}""", "422 invalid_params")]
    [TestCase("POST", "/apps/sushi/addons", """{"plan": "heroku-postgresql:nothing"}""", "404 not_found")]
    [TestCase("POST", "/apps/sushi/addons", """{"plan": "heroku-postgresql:standard-0", "attachment": {"name": "HEROKU_POSTGRESQL_YELLOW"}}""", "423 confirmation_required")]
    [TestCase("POST", "/apps/sushi/builds", """{"source_blob": {"url": "file:///etc/passwd"}}""", "422 invalid_params")]
    [TestCase("POST", "/apps/sushi/log-sessions", """{"lines": 1501}""", "422 invalid_params")]
    [TestCase("POST", "/apps", """{"name": "Sushi!"}""", "422 invalid_params")]
    [TestCase("POST", "/apps", """{"name": "sushi"}""", "422 invalid_params")]
    public async Task Refuses_a_bad_body(string method, string path, string body, string error)
    {
        await using var host = await HerokuHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body) };

        Assert.That(await host.Jim.SendAsync(request).ErrorAsync(), Is.EqualTo(error));
    }

    [Test]
    public async Task Names_the_kind_of_what_is_not_found()
    {
        await using var host = await HerokuHost.StartAsync();

        var error = await host.Jim.GetJsonAsync("/apps/sushi/addon-attachments/x");

        Assert.That(error.ToJsonString(), Is.EqualTo("""{"id":"not_found","message":"Couldn\u0027t find that add on attachment.","resource":"add_on attachment"}"""));
    }

    [Test]
    public async Task Knows_who_may_do_what()
    {
        await using var host = await HerokuHost.StartAsync();
        using var stephan = host.As("stephan@example.com");
        using var stranger = host.As("stranger@example.com");

        Assert.That(await stranger.SendAsync("GET", "/apps/sushi").ErrorAsync(), Is.EqualTo("403 forbidden"));
        Assert.That((await stephan.SendAsync("PATCH", "/apps/sushi", new { maintenance = true })).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await stephan.SendAsync("POST", "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0" }).ErrorAsync(), Is.EqualTo("403 forbidden"));
        Assert.That(await stephan.SendAsync("DELETE", "/apps/sushi").ErrorAsync(), Is.EqualTo("403 forbidden"));
    }

    [Test]
    public async Task Needs_a_payment_method_for_paid_plans_only()
    {
        await using var host = await HerokuHost.StartAsync();
        host.Change(w => w.Accounts[0].Verified = false);

        Assert.That(await host.Jim.SendAsync("POST", "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0" }).ErrorAsync(), Is.EqualTo("402 delinquent"));
        Assert.That((await host.Jim.SendAsync("POST", "/apps/sushi/addons", new { plan = "papertrail:choklad" })).StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(host.Releases[^1], Does.StartWith("Attach PAPERTRAIL (@ref:papertrail-"));
    }

    [Test]
    public async Task Gives_lists_a_page_at_a_time()
    {
        await using var host = await HerokuHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/apps/sushi/releases");
        request.Headers.TryAddWithoutValidation("Range", "version ..; order=desc,max=2");

        var first = await host.Jim.SendAsync(request);
        using var following = new HttpRequestMessage(HttpMethod.Get, "/apps/sushi/releases");
        following.Headers.TryAddWithoutValidation("Range", first.Headers.GetValues("Next-Range").Single());
        var rest = await host.Jim.SendAsync(following);

        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That((await first.JsonAsync())!.AsArray().Select(r => (int)r!["version"]!), Is.EqualTo([3, 2]));
        Assert.That(rest.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await rest.JsonAsync())!.AsArray().Select(r => (int)r!["version"]!), Is.EqualTo([1]));
    }

    [TestCase("version ..; max=1, order=desc", "3")]
    [TestCase("order=desc,max=1", "3")]
    [TestCase("version 2..", "2 3")]
    [TestCase("version ]2..; max=5", "3")]
    [TestCase("version ..2;", "1 2")]
    [TestCase("max=1", "1")]
    [TestCase("", "1 2 3")]
    public async Task Reads_a_Range_in_any_spelling(string range, string versions)
    {
        await using var host = await HerokuHost.StartAsync();
        host.Jim.DefaultRequestHeaders.TryAddWithoutValidation("Range", range);

        Assert.That(string.Join(' ', (await host.Jim.GetJsonAsync("/apps/sushi/releases")).AsArray().Select(r => (int)r!["version"]!)), Is.EqualTo(versions));
    }

    [TestCase("height ..")]
    [TestCase("version ..; max=1001")]
    [TestCase("version ..; max=x")]
    [TestCase("version a..")]
    public async Task Refuses_a_Range_that_there_is_not(string range)
    {
        await using var host = await HerokuHost.StartAsync();
        host.Jim.DefaultRequestHeaders.TryAddWithoutValidation("Range", range);

        Assert.That(await host.Jim.SendAsync("GET", "/apps/sushi/releases").ErrorAsync(), Is.EqualTo("416 requested_range_not_satisfiable"));
    }

    [Test]
    public async Task Says_not_modified_for_a_known_ETag()
    {
        await using var host = await HerokuHost.StartAsync();
        var tag = (await host.Jim.SendAsync("GET", "/apps/sushi")).Headers.ETag!;
        host.Jim.DefaultRequestHeaders.IfNoneMatch.Add(new EntityTagHeaderValue(tag.Tag));

        var unchanged = await host.Jim.SendAsync("GET", "/apps/sushi");
        await host.Jim.SendAsync("PATCH", "/apps/sushi", new { maintenance = true });
        var changed = await host.Jim.SendAsync("GET", "/apps/sushi");

        Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(changed.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Stops_at_the_rate_limit_and_says_what_is_left()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { RateLimit = 2 });

        var first = await host.Jim.SendAsync("GET", "/apps/sushi");
        await host.Jim.SendAsync("GET", "/account/rate-limits");
        await host.Jim.SendAsync("GET", "/apps/sushi");

        Assert.That(first.Headers.GetValues("RateLimit-Remaining").Single(), Is.EqualTo("1"));
        Assert.That(await host.Jim.SendAsync("GET", "/apps/sushi").ErrorAsync(), Is.EqualTo("429 rate_limit"));
        Assert.That((int)(await host.Jim.GetJsonAsync("/account/rate-limits"))["remaining"]!, Is.Zero);
    }

    [Test]
    public async Task Keeps_the_world_whole_under_many_clients_at_once()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { ReleasePhaseOnAttachment = false });

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new Dictionary<string, string> { [$"VAR{i}"] = "1" })));

        Assert.That(host.Sushi.Releases.Select(r => r.Version), Is.EqualTo(Enumerable.Range(1, 43)));
        Assert.That(host.Sushi.ConfigVars.Keys.Count(k => k.StartsWith("VAR", StringComparison.Ordinal)), Is.EqualTo(40));
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 43, "v43 is current");
    }
}
