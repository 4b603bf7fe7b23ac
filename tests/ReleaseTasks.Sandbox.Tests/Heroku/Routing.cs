using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>What visitors get at <c>sushi.localhost</c>, and what the router logs about it.</summary>
public sealed class Routing
{
    private static readonly HttpClient Visitor = new();

    [Test]
    public async Task Leads_visitors_to_the_web_dyno_and_logs_it()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.UpAsync("web.1");

        var answer = await VisitAsync(host, "/rolls?n=1");

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo($"web.1 of sushi: /rolls for sushi.localhost:{host.Address.Port}"));
        Assert.That(host.Log, Has.Some.Match(@"^heroku\[router\]: at=info method=GET path=""/rolls\?n=1"" host=\S+ request_id=\S+ fwd=""127.0.0.1"" dyno=web.1 connect=\d+ms service=\d+ms status=200 "));
    }

    [Test]
    public async Task Shows_the_maintenance_page_and_logs_H80()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.UpAsync("web.1");
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
    public async Task Shows_the_error_page_and_logs_H12_when_the_app_does_not_answer_in_time()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { RequestLimit = TimeSpan.FromMilliseconds(200) });
        await host.UpAsync("web.1");
        host.Dynos.Serving = _ => new TaskCompletionSource().Task;

        Assert.That((await VisitAsync(host, "/")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(host.Log, Has.Some.Match(@"at=error code=H12 desc=""Request timeout"" .* dyno=web.1 .* status=503 "));
    }

    [Test]
    public async Task Shows_the_error_page_and_logs_H13_when_the_app_hangs_up()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.UpAsync("web.1");
        host.Dynos.Serving = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        Assert.That((await VisitAsync(host, "/")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(host.Log, Has.Some.Match(@"at=error code=H13 desc=""Connection closed without response"" .* dyno=web.1 .* status=503 "));
    }

    [Test]
    public async Task Shows_the_error_page_and_logs_H17_when_the_app_speaks_no_HTTP()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var babbling = BabbleAsync(listener);
        await using var host = await HerokuHost.StartAsync();
        await host.UpAsync("web.1");
        host.Dynos.Elsewhere = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        await host.Jim.SendAsync("DELETE", "/apps/sushi/dynos/web.1");
        await HerokuHost.UntilAsync(() => host.LogTimes("heroku[web.1]: State changed from starting to up").Count == 2, "the new web.1 is up");

        Assert.That((await VisitAsync(host, "/")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        await babbling;
        Assert.That(host.Log, Has.Some.Contains("at=error code=H17 desc=\"Poorly formatted HTTP response\""));
    }

    [Test]
    public async Task Shows_the_error_page_and_logs_H21_when_nobody_listens()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.UpAsync("web.1");
        host.Dynos.Elsewhere = new Uri("http://127.0.0.1:1/");
        await host.Jim.SendAsync("DELETE", "/apps/sushi/dynos/web.1");
        await HerokuHost.UntilAsync(() => host.LogTimes("heroku[web.1]: State changed from starting to up").Count == 2, "the new web.1 is up");

        Assert.That((await VisitAsync(host, "/")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(host.Log, Has.Some.Contains("at=error code=H21 desc=\"Backend connection refused\""));
    }

    [Test]
    public async Task Logs_H18_when_the_app_hangs_up_in_the_middle_of_its_answer()
    {
        await using var host = await HerokuHost.StartAsync();
        await host.UpAsync("web.1");
        var seen = new TaskCompletionSource();
        host.Dynos.Serving = async context =>
        {
            await context.Response.WriteAsync("half of ");
            await context.Response.Body.FlushAsync();
            await seen.Task;
            context.Abort();
        };

        using var answer = await VisitAsync(host, "/", HttpCompletionOption.ResponseHeadersRead);
        seen.SetResult();

        Assert.That(() => answer.Content.ReadAsStringAsync(), Throws.InstanceOf<HttpRequestException>());
        await HerokuHost.UntilAsync(() => host.Log.Any(l => l.Contains("at=error code=H18 desc=\"Server Request Interrupted\"", StringComparison.Ordinal)), "it's logged");
    }

    [Test]
    public async Task Waits_for_dynos_that_boot_and_logs_H20_when_they_take_too_long()
    {
        await using var host = await HerokuHost.StartAsync(o => o with { QueueLimit = TimeSpan.FromMilliseconds(200) });
        host.Dynos.Gate = new TaskCompletionSource().Task;
        await host.Jim.SendAsync("DELETE", "/apps/sushi/dynos/web.1");

        Assert.That((await VisitAsync(host, "/")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(host.Log, Has.Some.Contains("at=error code=H20 desc=\"App boot timeout\""));
    }

    private static async Task<HttpResponseMessage> VisitAsync(HerokuHost host, string path, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Address, path));
        request.Headers.Host = $"sushi.localhost:{host.Address.Port}";
        return await Visitor.SendAsync(request, until);
    }

    private static async Task BabbleAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[10]);
        await stream.WriteAsync("rice rice rice\r\n\r\n"u8.ToArray());
    }
}
