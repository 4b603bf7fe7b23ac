using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>What an app is built for, what it runs on, and how an old stack ends.</summary>
public sealed class Stacks
{
    [Test]
    public async Task Are_listed_with_the_one_that_new_apps_get()
    {
        await using var host = await HerokuHost.StartAsync();

        var stacks = (await host.Jim.GetJsonAsync("/stacks")).AsArray();
        var one = await host.Jim.GetJsonAsync($"/stacks/{stacks[1]!["id"]}");

        Assert.That(
            stacks.Select(stack => (Text(stack!["name"]), Text(stack["state"]), (bool)stack["default"]!)),
            Is.EqualTo([("container", "public", false), ("heroku-22", "deprecated", false), ("heroku-24", "public", true)]));
        Assert.That(Text(one["name"]), Is.EqualTo("heroku-22"));
    }

    [Test]
    public async Task Are_an_app_s_own_from_its_next_build_on_and_come_back_with_an_old_slug()
    {
        await using var host = await HerokuHost.StartAsync();
        host.Change(world => world.FindApp("sushi")!.SetStack("heroku-22"));

        var asked = await (await host.Jim.SendAsync("PATCH", "/apps/sushi", new { build_stack = "heroku-24" })).JsonAsync();
        var build = await host.BuildAsync("1");
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 4, "v4 is current");
        var built = await host.Jim.GetJsonAsync("/apps/sushi");
        var slug = await host.Jim.GetJsonAsync($"/apps/sushi/slugs/{host.Sushi.CurrentSlug!.Id}");
        await host.Jim.SendAsync("POST", "/apps/sushi/releases", new { release = host.Sushi.Releases[2].Id });
        await host.UntilAsync(w => w.FindApp("sushi")!.Current!.Version == 5, "v5 is current");
        var back = await host.Jim.GetJsonAsync("/apps/sushi");

        Assert.That(StacksOf(asked!), Is.EqualTo(("heroku-22", "heroku-24")));
        Assert.That(Text(build["stack"]), Is.EqualTo("heroku-24"));
        Assert.That((StacksOf(built), Text(slug["stack"]!["name"])), Is.EqualTo((("heroku-24", "heroku-24"), "heroku-24")));
        Assert.That(StacksOf(back), Is.EqualTo(("heroku-22", "heroku-24")));
        Assert.That(host.Releases.Skip(3), Is.EqualTo(["Deploy 1", "Rollback to v3"]), "a stack is no release");
    }

    [Test]
    public async Task Are_an_app_s_at_once_where_nothing_is_built_yet()
    {
        await using var host = await HerokuHost.StartAsync();

        var old = await (await host.Jim.SendAsync("POST", "/apps", new { name = "maki", stack = "heroku-22" })).JsonAsync();
        var moved = await (await host.Jim.SendAsync("PATCH", "/apps/maki", new { build_stack = "heroku-24" })).JsonAsync();

        Assert.That((StacksOf(old!), StacksOf(moved!)), Is.EqualTo((("heroku-22", "heroku-22"), ("heroku-24", "heroku-24"))));
    }

    [Test]
    public async Task Must_be_known()
    {
        await using var host = await HerokuHost.StartAsync();

        Assert.That(await host.Jim.SendAsync("PATCH", "/apps/sushi", new { build_stack = "cedar-14" }).ErrorAsync(), Is.EqualTo("422 invalid_params"));
        Assert.That(await host.Jim.SendAsync("GET", "/stacks/cedar-14").ErrorAsync(), Is.EqualTo("404 not_found"));
        Assert.That(StacksOf(await host.Jim.GetJsonAsync("/apps/sushi")), Is.EqualTo(("heroku-24", "heroku-24")));
    }

    [Test]
    public async Task Let_the_first_build_in_thirty_days_fail_where_they_are_deprecated_and_are_told_to()
    {
        var machine = new FakeTimeProvider(new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
        await using var host = await HerokuHost.StartAsync(o => o with { Machine = machine, Faults = Fault.Parse("build: brownout times=9") });
        host.Change(world => world.FindApp("sushi")!.SetStack("heroku-22"));

        var outcomes = new List<BuildStatus>();
        foreach (var days in new[] { 0, 1, 28, 31 })
        {
            machine.Advance(TimeSpan.FromDays(days));
            outcomes.Add(await BuiltAsync(host));
        }

        host.Change(world => world.FindApp("sushi")!.BuildStack = "heroku-24");
        outcomes.Add(await BuiltAsync(host));

        Assert.That(outcomes, Is.EqualTo([BuildStatus.Failed, BuildStatus.Succeeded, BuildStatus.Succeeded, BuildStatus.Failed, BuildStatus.Succeeded]));
        Assert.That(await OutputAsync(host, 0), Does.Contain("Building on the Heroku-22 stack").And.Contain("first build on it in 30 days").And.Contain("heroku stack:set heroku-24"));
        Assert.That(await OutputAsync(host, 4), Does.Contain("Building on the Heroku-24 stack"));
    }

    private static async Task<BuildStatus> BuiltAsync(HerokuHost host)
    {
        await host.BuildAsync("1");
        await host.UntilAsync(w => w.FindApp("sushi")!.Builds[^1].Status != BuildStatus.Pending, "the build is over");
        return host.Sushi.Builds[^1].Status;
    }

    private static Task<string> OutputAsync(HerokuHost host, int build) => host.Jim.GetStringAsync(new Uri($"/streams/{host.Sushi.Builds[build].Id}", UriKind.Relative));

    private static (string Stack, string BuildStack) StacksOf(JsonNode app) => (Text(app["stack"]!["name"]), Text(app["build_stack"]!["name"]));

    private static string Text(JsonNode? text) => text!.GetValue<string>();
}
