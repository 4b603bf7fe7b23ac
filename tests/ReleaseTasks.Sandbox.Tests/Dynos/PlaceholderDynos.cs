using ReleaseTasks.Sandbox.Dynos;

namespace ReleaseTasks.Sandbox.Tests.Dynos;

public sealed class PlaceholderDynos
{
    [Test]
    public async Task Answer_in_a_web_dyno_s_place_until_they_are_stopped()
    {
        var output = new List<string>();
        using var http = new HttpClient();
        var dyno = PlaceholderDyno.Start(Dyno("web.1"), output.Add);

        Assert.That(await http.GetStringAsync(new Uri(dyno.Address!, "/health")), Is.EqualTo("sushi is simulated.\n"));
        Assert.That(output, Is.EqualTo(["web.1 is simulated: this machine can't run sushi."]));

        await dyno.DisposeAsync();

        Assert.That(await dyno.Exited, Is.EqualTo(143));
        Assert.That(() => http.GetStringAsync(dyno.Address), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Are_up_and_silent_as_workers()
    {
        await using var dyno = PlaceholderDyno.Start(Dyno("worker.1"), _ => { });

        Assert.That(dyno.Address, Is.Null);
        Assert.That(dyno.Exited.IsCompleted, Is.False);
    }

    private static DynoStart Dyno(string name) => new("sushi", name, "/", "python3 -m sushi.web", new Dictionary<string, string>());
}
