using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Tests.Heroku;

namespace ReleaseTasks.Sandbox.Tests.Serving;

/// <summary>A killed sandbox's folder is taken up where it stopped; what isn't a sandbox's is refused, and left as it was.</summary>
public sealed class SavedState
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "saved-" + Path.GetRandomFileName());

    private string Whole => Path.Combine(_directory, "heroku.json");

    private string Log => Path.Combine(_directory, "heroku.log");

    [TearDown]
    public void RemoveTheDirectory()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Test]
    public async Task Is_taken_up_whatever_part_of_the_last_change_was_written()
    {
        await using var host = await HerokuHost.StartAsync();
        await SetAsync(host, "first");
        var before = await File.ReadAllBytesAsync(LogOf(host));
        await SetAsync(host, "second");
        var after = await File.ReadAllBytesAsync(LogOf(host));

        foreach (var written in new[] { before.Length, before.Length + 1, (before.Length + after.Length) / 2, after.Length - 1, after.Length })
        {
            CopyWorld(host.Directory);
            await File.WriteAllBytesAsync(Log, after[..written]);

            Assert.That(await MyVarAsync(), Is.EqualTo(written == after.Length ? "second" : "first"), $"{written} of {after.Length} bytes");
        }
    }

    [Test]
    public async Task Is_the_same_when_it_was_killed_between_saving_whole_and_beginning_the_log_anew()
    {
        await using var host = await HerokuHost.StartAsync();
        await SetAsync(host, "first");
        await host.Jim.SendAsync("POST", "/apps", new { name = "short-lived" });
        await host.Jim.SendAsync("DELETE", "/apps/short-lived");
        await SetAsync(host, "second");
        CopyWorld(host.Directory);
        var log = await File.ReadAllBytesAsync(Log);
        await MyVarAsync(); // saves it whole
        Assert.That(File.Exists(Log), Is.False);
        var once = await File.ReadAllTextAsync(Whole);

        await File.WriteAllBytesAsync(Log, log);

        Assert.That((await MyVarAsync(), await File.ReadAllTextAsync(Whole)), Is.EqualTo(("second", once)));
    }

    [Test]
    public async Task Is_not_disturbed_by_a_file_that_was_half_written()
    {
        await using (var host = await HerokuHost.StartAsync(directory: _directory, keep: true))
        {
            await SetAsync(host, "first");
        }

        foreach (var file in Directory.GetFiles(_directory, "*.json"))
        {
            await File.WriteAllTextAsync(file + ".next", "{ \"half");
        }

        Assert.That(await MyVarAsync(), Is.EqualTo("first"));
    }

    [TestCase("heroku.json", "")]
    [TestCase("heroku.json", "null")]
    [TestCase("heroku.json", "[]")]
    [TestCase("heroku.json", """{ "name": "somebody else's" }""")]
    [TestCase("heroku.json", """{ "Apps": [ { "Name": "half" } ] }""")]
    [TestCase("heroku.log", "no change\n")]
    [TestCase("heroku.log", "{ \"what\": 1 }\n")]
    [TestCase("github.json", """{ "name": "somebody else's" }""")]
    [TestCase("clock.json", "12:30")]
    [TestCase("chat.json", "<html>")]
    [TestCase("sentry.json", "7")]
    public async Task That_cannot_be_read_is_refused_with_its_file_and_a_way_out(string file, string content)
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_directory, file), content);

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(StartAsync);

        Assert.That(refusal!.Message, Does.StartWith(Path.Combine(_directory, file)).And.Contain("SandboxReset"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_directory, file)), Is.EqualTo(content), "left as it was");
        SandboxServer.Reset(_directory);
        await (await StartAsync()).DisposeAsync();
    }

    [TestCase("2", "holds the world of a later version (2; this one is 1)")]
    [TestCase("latest and greatest", "isn't a sandbox's: it says 'latest and greatest'")]
    public async Task Of_another_version_is_refused(string version, string refusal)
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_directory, "version"), version);

        Assert.That(StartAsync, Throws.TypeOf<InvalidDataException>().With.Message.Contains(refusal));

        SandboxServer.Reset(_directory);
        await (await StartAsync()).DisposeAsync();
    }

    [Test]
    public async Task Grows_by_what_has_changed_and_not_by_the_whole_world()
    {
        await using var host = await HerokuHost.StartAsync();
        host.Change(world =>
        {
            var (jim, at) = (world.Accounts[0], host.Sushi.CreatedAt);
            for (var i = 0; i < 200; i++)
            {
                world.CreateApp($"app-{i}", jim, at).AddRelease(jim, "Initial release", at);
            }
        });
        var before = (await File.ReadAllLinesAsync(LogOf(host))).Length;
        await host.Jim.GetJsonAsync("/apps");

        await SetAsync(host, "new");

        var changes = (await File.ReadAllLinesAsync(LogOf(host)))[before..].Select(line => JsonNode.Parse(line)!.AsObject());
        Assert.That(changes.Select(change => string.Join(", ", change.Select(part => $"{part.Key} {part.Value!.AsArray().Count}"))), Is.Not.Empty.And.All.EqualTo("Apps 1"));
    }

    private static string LogOf(HerokuHost host) => Path.Combine(host.Directory, "heroku.log");

    /// <summary>Through its release phase: nothing is written any more afterwards.</summary>
    private static async Task SetAsync(HerokuHost host, string value)
    {
        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { MYVAR = value });
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.ConfigVars["MYVAR"] == value, "it is released");
    }

    private void CopyWorld(string from)
    {
        Directory.CreateDirectory(_directory);
        foreach (var file in new DirectoryInfo(from).EnumerateFiles("heroku.*"))
        {
            file.CopyTo(Path.Combine(_directory, file.Name), overwrite: true);
        }
    }

    /// <summary>What the next sandbox of the directory knows, which is saved whole afterwards.</summary>
    private async Task<string> MyVarAsync()
    {
        await using var host = await HerokuHost.StartAsync(directory: _directory, keep: true);
        return host.Sushi.Current!.ConfigVars["MYVAR"];
    }

    private Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(
        new SandboxOptions { Directory = _directory, Sample = false, DatabasesIn = d => new SimulatedEngine(d, "for tests", TimeProvider.System), DynosIn = _ => new FakeDynos() }, CancellationToken.None);
}
