using System.Net;

namespace ReleaseTasks.Sandbox.Tests.Serving;

public sealed class Starting
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TearDown]
    public void RemoveTheDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Serves_on_a_free_loopback_port()
    {
        await using var sandbox = await StartAsync();

        Assert.That(sandbox.Address.Host, Is.EqualTo("127.0.0.1"));
        Assert.That((await GetAsync(sandbox, "sandbox")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Says_where_it_is_while_it_serves()
    {
        RunningSandbox? running;
        await using (var sandbox = await StartAsync())
        {
            running = await SandboxServer.FindRunningAsync(_directory, CancellationToken.None);

            Assert.That(running?.Address, Is.EqualTo(sandbox.Address));
            Assert.That(running?.Environment, Is.EqualTo(sandbox.Environment));
        }

        Assert.That(await SandboxServer.FindRunningAsync(_directory, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Is_not_found_when_its_process_is_dead()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(
            Path.Combine(_directory, "running.json"),
            """{"Address":"http://127.0.0.1:1/","ProcessId":999999999,"Environment":{}}""");

        Assert.That(await SandboxServer.FindRunningAsync(_directory, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task Refuses_a_directory_that_another_sandbox_serves()
    {
        await using var first = await StartAsync();

        Assert.That(StartAsync, Throws.TypeOf<SandboxInUseException>().With.Message.Contains(_directory));
        Assert.That(() => SandboxServer.Reset(_directory), Throws.TypeOf<SandboxInUseException>());
    }

    [Test]
    public async Task Names_a_request_that_it_does_not_know()
    {
        await using var sandbox = await StartAsync();

        var answer = await GetAsync(sandbox, "no/such/thing?secret=1");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NotImplemented));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("GET /no/such/thing"));
        Assert.That(answer.Headers.GetValues("Request-Id").Single(), Has.Length.EqualTo(36));
        Assert.That(sandbox.UnknownRequests, Is.EqualTo(["GET /no/such/thing"]));
    }

    private Task<SandboxServer> StartAsync() =>
        SandboxServer.StartAsync(new SandboxOptions { Directory = _directory, Sample = false }, CancellationToken.None);

    private static async Task<HttpResponseMessage> GetAsync(SandboxServer sandbox, string path)
    {
        using var client = new HttpClient { BaseAddress = sandbox.Address };
        return await client.GetAsync(new Uri(path, UriKind.Relative));
    }
}
