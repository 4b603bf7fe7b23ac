namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>Promotion from app to app.</summary>
public sealed class Pipelines
{
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
}
