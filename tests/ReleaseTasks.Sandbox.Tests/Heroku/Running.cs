using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

public sealed class Running
{
    [Test]
    public async Task Builds_a_tarball_into_a_release()
    {
        await using var host = await HerokuHost.StartAsync();
        var source = (await (await host.Jim.SendAsync("POST", "/sources")).JsonAsync())!["source_blob"]!;
        using var anonymous = new HttpClient();
        (await anonymous.PutAsync(source["put_url"]!.GetValue<string>(), new ByteArrayContent(Tarball("zupo-sushi-1234567/")))).EnsureSuccessStatusCode();

        var version = "de63889" + new string('0', 33);
        var build = (await (await host.Jim.SendAsync("POST", "/apps/sushi/builds", new { source_blob = new { url = source["get_url"]!.GetValue<string>(), version } })).JsonAsync())!;
        var output = await anonymous.GetStringAsync(build["output_stream_url"]!.GetValue<string>());
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 4, "v4 is current");
        build = await host.Jim.GetJsonAsync($"/apps/sushi/builds/{build["id"]}");
        var release = await host.Jim.GetJsonAsync($"/apps/sushi/releases/{build["release"]!["id"]}");

        Assert.That(build["status"]!.GetValue<string>(), Is.EqualTo("succeeded"));
        Assert.That(release["description"]!.GetValue<string>(), Is.EqualTo("Deploy de63889"));
        Assert.That(output, Does.Contain("Procfile declares types -> web, clock").And.Contains("Released v4"));
        Assert.That(File.ReadAllText(Path.Combine(host.Server.World.Heroku.SlugDirectory(host.Sushi.CurrentSlug!), "Procfile")), Does.StartWith("web:"));
        Assert.That(host.Sushi.Formation.Select(p => (p.Type, p.Quantity)), Is.EqualTo([("web", 1), ("clock", 0)]));
    }

    [Test]
    public async Task Fails_a_build_of_something_else()
    {
        await using var host = await HerokuHost.StartAsync();
        var url = new Uri(host.Address, "/sandbox").AbsoluteUri;

        await host.Jim.SendAsync("POST", "/apps/sushi/builds", new { source_blob = new { url } });
        await host.Jim.SendAsync("POST", "/apps/sushi/builds", new { source_blob = new { url, checksum = "SHA256:00" } });
        await host.UntilAsync(w => w.FindApp("sushi")!.Builds.TrueForAll(b => b.Status == Sandbox.Heroku.World.BuildStatus.Failed), "the builds have failed");

        Assert.That(host.Releases, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Leads_visitors_to_the_web_dyno_and_logs_it()
    {
        await using var host = await HerokuHost.StartAsync();
        await UpAsync(host, "web.1");

        var answer = await VisitAsync(host, "/rolls?n=1");

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo($"web.1 of sushi: /rolls for sushi.localhost:{host.Address.Port}"));
        Assert.That(host.Log, Has.Some.Match(@"^heroku\[router\]: at=info method=GET path=""/rolls\?n=1"" host=\S+ request_id=\S+ fwd=""127.0.0.1"" dyno=web.1 connect=\d+ms service=\d+ms status=200 "));
    }

    [Test]
    public async Task Shows_the_maintenance_page_and_logs_H80()
    {
        await using var host = await HerokuHost.StartAsync();
        await UpAsync(host, "web.1");
        await host.Jim.SendAsync("PATCH", "/apps/sushi", new { maintenance = true });

        var closed = await VisitAsync(host, "/");
        await host.Jim.SendAsync("PATCH", "/apps/sushi", new { maintenance = false });
        var open = await VisitAsync(host, "/");

        Assert.That((closed.StatusCode, open.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK)));
        Assert.That(await closed.Content.ReadAsStringAsync(), Does.Contain("maintenance"));
        Assert.That(host.Log, Has.Some.Contains("code=H80 desc=\"Maintenance mode\"").And.Some.Contains("Enabled maintenance mode by user jim@example.com"));
        Assert.That(host.Releases, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Shows_the_error_page_and_logs_H14_without_web_dynos()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.Jim.SendAsync("PATCH", "/apps/sushi/formation", new { updates = new[] { new { type = "web", quantity = 0 } } });

        Assert.That((await VisitAsync(host, "/")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(host.Log, Has.Some.Contains("at=error code=H14 desc=\"No web processes running\""));
    }

    [Test]
    public async Task Shows_the_error_page_and_logs_H10_when_the_app_crashed()
    {
        await using var host = await HerokuHost.StartAsync();
        host.Dynos.Crash = 1;
        await host.Jim.SendAsync("DELETE", "/apps/sushi/dynos");
        await HerokuHost.UntilAsync(() => host.Log.Contains("heroku[web.1]: State changed from starting to crashed"), "web.1 has crashed");

        Assert.That((await VisitAsync(host, "/")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(host.Log, Has.Some.Contains("code=H10 desc=\"App crashed\""));
    }

    [Test]
    public async Task Scales_and_lists_dynos()
    {
        await using var host = await HerokuHost.StartAsync();

        await host.Jim.SendAsync("PATCH", "/apps/sushi/formation", new { updates = new[] { new { type = "worker", quantity = 2 } } });

        Assert.That((await host.Jim.GetJsonAsync("/apps/sushi/dynos")).AsArray().Select(d => d!["name"]!.GetValue<string>()), Is.EqualTo(["web.1", "worker.1", "worker.2"]));
        Assert.That((await host.Jim.GetJsonAsync("/apps/sushi/formation")).AsArray().Select(d => (int)d!["quantity"]!), Is.EquivalentTo([1, 2, 0]));
    }

    [Test]
    public async Task Replaces_dynos_on_a_new_release()
    {
        await using var host = await HerokuHost.StartAsync();
        await UpAsync(host, "web.1");

        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { A = "1" });
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 4, "v4 is current");

        var dynos = (await host.Jim.GetJsonAsync("/apps/sushi/dynos")).AsArray();
        Assert.That(dynos.Select(d => (int)d!["release"]!["version"]!), Is.All.EqualTo(4));
    }

    [Test]
    public async Task Runs_a_one_off_dyno_into_the_log()
    {
        await using var host = await HerokuHost.StartAsync();

        var dyno = (await (await host.Jim.SendAsync("POST", "/apps/sushi/dynos", new { command = "stamp", attach = false, env = new { X = "1" } })).JsonAsync())!;
        await HerokuHost.UntilAsync(() => host.Log.Contains($"heroku[{dyno["name"]}]: State changed from up to complete"), "the dyno has ended");

        Assert.That(host.Dynos.Runs[^1].ConfigVars, Contains.Key("X").And.ContainKey("DATABASE_URL"));
        Assert.That(host.Log, Contains.Item($"app[{dyno["name"]}]: ran stamp").And.Contains($"heroku[{dyno["name"]}]: Process exited with status 0"));
    }

    [Test]
    public async Task Has_nothing_to_run_before_the_first_deploy()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.Jim.SendAsync("POST", "/apps", new { name = "maki" });

        Assert.That(await host.Jim.SendAsync("POST", "/apps/maki/dynos", new { command = "ls" }).ErrorAsync(), Is.EqualTo("409 conflict"));
    }

    [Test]
    public async Task Gives_the_last_lines_of_the_log_as_text_and_as_events()
    {
        await using var host = await HerokuHost.StartAsync();
        host.Server.World.Parts.Logs.Write("sushi", "app", "clock.1", "tick");
        using var anonymous = new HttpClient();

        var text = await anonymous.GetStringAsync(await SessionAsync(host, new { lines = 1, dyno = "clock" }));
        using var request = new HttpRequestMessage(HttpMethod.Get, await SessionAsync(host, new { lines = 1, source = "app", dyno = "clock.1" }));
        request.Headers.Accept.ParseAdd("text/event-stream");
        var events = await (await anonymous.SendAsync(request)).Content.ReadAsStringAsync();

        Assert.That(text, Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00 app\[clock\.1\]: tick\n$"));
        Assert.That(events, Does.StartWith("retry: 10\n\nid: ").And.EndsWith("app[clock.1]: tick\n\n"));
    }

    [Test]
    public async Task Follows_the_log()
    {
        await using var host = await HerokuHost.StartAsync();
        using var anonymous = new HttpClient();
        await using var stream = await anonymous.GetStreamAsync(await SessionAsync(host, new { lines = 0, tail = true, dyno = "clock.1" }));
        using var reader = new StreamReader(stream, Encoding.UTF8);

        host.Server.World.Parts.Logs.Write("sushi", "app", "clock.1", "one\ntwo");

        Assert.That(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)), Does.EndWith("app[clock.1]: one"));
        Assert.That(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)), Does.EndWith("app[clock.1]: two"));
    }

    [Test]
    public async Task Promotes_along_a_pipeline()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.Jim.SendAsync("POST", "/apps", new { name = "maki" });
        var pipeline = (await (await host.Jim.SendAsync("POST", "/pipelines", new { name = "rolls" })).JsonAsync())!["id"]!.GetValue<string>();
        await host.Jim.SendAsync("POST", "/pipeline-couplings", new { app = "sushi", pipeline, stage = "staging" });
        await host.Jim.SendAsync("POST", "/pipeline-couplings", new { app = "maki", pipeline, stage = "production" });
        var (sushi, maki) = host.Read(w => (w.FindApp("sushi")!.Id, w.FindApp("maki")!.Id));

        var promotion = (await (await host.Jim.SendAsync("POST", "/pipeline-promotions", new
        {
            pipeline = new { id = pipeline },
            source = new { app = new { id = sushi } },
            targets = new[] { new { app = new { id = maki } } },
        })).JsonAsync())!;
        await host.UntilAsync(w => w.FindApp("maki")!.CurrentSlug is not null, "maki runs the slug");

        var target = (await host.Jim.GetJsonAsync($"/pipeline-promotions/{promotion["id"]}/promotion-targets"))[0]!;
        Assert.That(target["status"]!.GetValue<string>(), Is.EqualTo("succeeded"));
        Assert.That(host.Read(w => w.FindApp("maki")!.Releases[^1].Description), Is.EqualTo("Promote sushi v3 aaaaaaa"));
    }

    private static async Task<Uri> SessionAsync(HerokuHost host, object wanted) =>
        new((await (await host.Jim.SendAsync("POST", "/apps/sushi/log-sessions", wanted)).JsonAsync())!["logplex_url"]!.GetValue<string>());

    private static Task UpAsync(HerokuHost host, string dyno) =>
        HerokuHost.UntilAsync(() => host.Log.Contains($"heroku[{dyno}]: State changed from starting to up"), $"{dyno} is up");

    private static async Task<HttpResponseMessage> VisitAsync(HerokuHost host, string path)
    {
        using var visitor = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, path));
        request.Headers.Host = $"sushi.localhost:{host.Address.Port}";
        return await visitor.SendAsync(request);
    }

    private static byte[] Tarball(string folder)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        using (var tar = new TarWriter(zip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{folder}Procfile")
            {
                DataStream = new MemoryStream("web: serve\n# a comment\nclock: tick --every 1s\n"u8.ToArray()),
            });
        }

        return bytes.ToArray();
    }
}
