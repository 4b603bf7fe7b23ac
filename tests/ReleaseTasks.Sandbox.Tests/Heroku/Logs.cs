using System.Text;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>Log sessions: what was logged, and what is logged from now on.</summary>
public sealed class Logs
{
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

    private static async Task<Uri> SessionAsync(HerokuHost host, object wanted) =>
        new((await (await host.Jim.SendAsync("POST", "/apps/sushi/log-sessions", wanted)).JsonAsync())!["logplex_url"]!.GetValue<string>());
}
