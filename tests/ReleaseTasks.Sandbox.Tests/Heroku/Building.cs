namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>From a source to a release.</summary>
public sealed class Building
{
    [Test]
    public async Task Builds_a_tarball_into_a_release()
    {
        await using var host = await HerokuHost.StartAsync();
        using var anonymous = new HttpClient();

        var build = await host.BuildAsync("de63889" + new string('0', 33));
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
}
