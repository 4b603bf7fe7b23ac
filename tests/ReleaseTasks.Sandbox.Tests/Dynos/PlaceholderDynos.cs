using ReleaseTasks.Sandbox.Dynos;

namespace ReleaseTasks.Sandbox.Tests.Dynos;

public sealed class PlaceholderDynos
{
    [Test]
    public async Task Answer_in_a_web_dyno_s_place_until_they_are_stopped()
    {
        var output = new List<string>();
        using var http = new HttpClient();
        var dyno = await PlaceholderDyno.StartAsync(Dyno("web.1"), output.Add, default);
        using var routed = new HttpRequestMessage(HttpMethod.Get, dyno.Address) { Headers = { Host = "sushi.localhost" } };

        Assert.That(await http.GetStringAsync(new Uri(dyno.Address!, "/health")), Is.EqualTo("sushi is simulated.\n"));
        Assert.That(await (await http.SendAsync(routed)).Content.ReadAsStringAsync(), Is.EqualTo("sushi is simulated.\n"), "as the router asks");
        Assert.That(output, Is.EqualTo(["web.1 is simulated: this machine can't run sushi."]));

        await dyno.DisposeAsync();

        Assert.That(await dyno.Exited, Is.EqualTo(143));
        Assert.That(() => http.GetStringAsync(dyno.Address), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Are_up_and_silent_as_workers()
    {
        await using var dyno = await PlaceholderDyno.StartAsync(Dyno("worker.1"), _ => { }, default);

        Assert.That(dyno.Address, Is.Null);
        Assert.That(dyno.Exited.IsCompleted, Is.False);
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Take_the_place_of_dynos_whose_migrations_can_not_be_run_and_of_no_others()
    {
        var folder = Directory.CreateTempSubdirectory("placeholder-").FullName;
        var (migrated, plain) = (Directory.CreateDirectory(Path.Combine(folder, "migrated")).FullName, Directory.CreateDirectory(Path.Combine(folder, "plain")).FullName);
        await File.WriteAllTextAsync(Path.Combine(migrated, "alembic.ini"), "script_location = migrations\n");
        var output = new List<string>();
        await using (var dynos = new LocalDynos(Toolbox.Open(folder, realDatabases: true, ["/bin/false"]), grace: TimeSpan.FromSeconds(0.5)))
        {
            await using var simulated = await dynos.StartAsync(Dyno("worker.1") with { SlugDirectory = migrated }, output.Add, default);
            await using var real = await dynos.StartAsync(Dyno("worker.2") with { SlugDirectory = plain, Command = "echo real" }, output.Add, default);
            await real.Exited;

            Assert.That(dynos.Notice, Is.EqualTo("alembic with psycopg2 was not found: migrations are simulated, and web and worker dynos of an app that has them."));
            Assert.That(output, Is.EqualTo(["worker.1 is simulated: this machine can't run sushi.", "real"]));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static DynoStart Dyno(string name) => new("sushi", name, "/", "python3 -m sushi.web", new Dictionary<string, string>());
}
