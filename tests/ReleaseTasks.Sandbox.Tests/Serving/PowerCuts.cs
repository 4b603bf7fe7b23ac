using System.Diagnostics;
using System.Text;
using ReleaseTasks.Sandbox.Tests.Heroku;

namespace ReleaseTasks.Sandbox.Tests.Serving;

/// <summary>A client that is a process of its own is killed at one of its requests, and at no other.</summary>
[Platform("Linux", Reason = "Elsewhere the client's process isn't found by its connection.")]
public sealed class PowerCuts
{
    private const int Killed = 128 + 9;

    private HerokuHost _host = null!;

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [TestCase("cut-power-before", false)]
    [TestCase("cut-power", true)]
    public async Task Kill_the_client_before_or_after_its_request_was_done(string what, bool isDone)
    {
        await StartAsync($"any change: {what}");

        var (status, output) = await RunClientAsync(On);

        Assert.That((status, output), Is.EqualTo((Killed, "")));
        Assert.That(_host.Sushi.Maintenance, Is.EqualTo(isDone));
    }

    [TestCase("cut-power-before", "old")]
    [TestCase("cut-power", "new")]
    public async Task Come_at_the_change_that_is_named_by_its_number(string what, string myVar)
    {
        await StartAsync($"any change: {what} after=1");

        var (status, output) = await RunClientAsync(Question, On, "PATCH /apps/sushi/config-vars {\"MYVAR\":\"new\"}", "PATCH /apps/sushi {\"maintenance\":false}");

        Assert.That((status, output), Is.EqualTo((Killed, "200\n200\n")));
        Assert.That((_host.Sushi.Maintenance, _host.Sushi.ConfigVars["MYVAR"]), Is.EqualTo((true, myVar)));
        Assert.That(_host.Server.Faults.Single(), Does.EndWith("happened at PATCH /apps/sushi/config-vars"));
    }

    [Test]
    public async Task Are_survived_by_the_sandbox_and_by_other_clients()
    {
        await StartAsync("any change: cut-power");
        using var another = _host.As("stephan@example.com");
        await another.GetJsonAsync("/apps/sushi");

        await RunClientAsync(On);

        Assert.That((await another.GetJsonAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>());
        Assert.That((await RunClientAsync(Question, On)).Output, Is.EqualTo("200\n200\n"), "it comes once");
    }

    [Test]
    public async Task That_have_not_come_are_told_as_such()
    {
        await StartAsync("any change: cut-power after=7");

        await RunClientAsync(On);

        Assert.That(_host.Server.Faults, Is.EqualTo(["any change: cut-power after=7 — never happened"]));
    }

    private const string On = "PATCH /apps/sushi {\"maintenance\":true}";
    private const string Question = "GET /apps/sushi ";

    private async Task StartAsync(string faults) => _host = await HerokuHost.StartAsync(o => o with { Faults = Fault.Parse(faults) });

    /// <summary>Bash as a client: sends each request over a connection of its own and prints the answer's status.</summary>
    private async Task<(int Status, string Output)> RunClientAsync(params string[] requests)
    {
        var script = new StringBuilder();
        foreach (var request in requests)
        {
            var (method, path, body) = request.Split(' ', 3) is [var m, var p, var b] ? (m, p, b) : throw new ArgumentException(request);
            var lines = new[]
            {
                $"{method} {path} HTTP/1.1", $"Host: {_host.Address.Authority}", "Accept: application/vnd.heroku+json; version=3",
                $"Authorization: {_host.Jim.DefaultRequestHeaders.Authorization}", "Content-Type: application/json", $"Content-Length: {body.Length}", "", body,
            };
            script.Append($"exec 3<>/dev/tcp/{_host.Address.Host}/{_host.Address.Port}\n");
            script.Append($"printf '%s' '{string.Join("\r\n", lines)}' >&3\n");
            script.Append("read -r _ status _ <&3 && echo \"$status\"\n");
        }

        using var client = Process.Start(new ProcessStartInfo("bash", ["-c", script.ToString()]) { RedirectStandardOutput = true })!;
        var output = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        return (client.ExitCode, output);
    }
}
