using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Tests.Heroku;

namespace ReleaseTasks.Sandbox.Tests.Serving;

/// <summary>What takes long follows the sandbox's clock: no test waits for it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LongWaits
{
    private readonly FakeTimeProvider _machine = new(new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task Provisioning_takes_its_hours_on_the_sandbox_s_clock()
    {
        await using var host = await StartAsync(o => o with { Provisioning = TimeSpan.FromHours(1), Speed = 60 });
        var created = await (await host.Jim.SendAsync("POST", "/apps/sushi/addons", new { plan = "heroku-postgresql:standard-0" })).JsonAsync();
        var name = created!["name"]!.ToString();

        _machine.Advance(TimeSpan.FromSeconds(59));
        var early = await host.Jim.GetJsonAsync($"/addons/{name}");
        await PassAsync(host, w => w.FindAddOn(name)!.State == AddOnState.Provisioned, TimeSpan.FromSeconds(1));
        await PassAsync(host, w => w.FindAddOn(name)!.AvailableAt is not null, TimeSpan.FromSeconds(15));

        Assert.That(early["state"]!.ToString(), Is.EqualTo("provisioning"));
        Assert.That(host.Read(w => w.FindAddOn(name)!.AvailableAt - w.FindAddOn(name)!.CreatedAt), Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(75)));
    }

    [Test]
    public async Task A_migration_of_forty_minutes_is_over_in_forty_seconds_at_sixty_times_the_speed()
    {
        await using var host = await StartAsync(o => o with { Speed = 60, Faults = Fault.Parse("release phase: delay seconds=2400") });

        await host.Jim.SendAsync("PATCH", "/apps/sushi/config-vars", new { MYVAR = "new" });
        await HerokuHost.UntilAsync(() => host.Server.Faults[0].Contains("happened at", StringComparison.Ordinal), "the migration runs");
        _machine.Advance(TimeSpan.FromSeconds(39));
        var early = host.Read(w => w.FindApp("sushi")!.Releases[^1].Status);
        await PassAsync(host, w => w.FindApp("sushi")!.Releases[^1].Status == ReleaseStatus.Succeeded, TimeSpan.FromSeconds(1));

        Assert.That(early, Is.EqualTo(ReleaseStatus.Pending));
        Assert.That(host.Dynos.Runs, Has.Count.EqualTo(1), "it did run");
    }

    [Test]
    public async Task A_build_of_ten_minutes_is_pending_until_then()
    {
        await using var host = await StartAsync(o => o with { Faults = Fault.Parse("build: delay seconds=600") });

        await host.Jim.SendAsync("POST", "/apps/sushi/builds", new { source_blob = new { url = $"{host.Address}nothing", version = "1" } });
        await HerokuHost.UntilAsync(() => host.Server.Faults[0].Contains("happened at", StringComparison.Ordinal), "the build runs");
        _machine.Advance(TimeSpan.FromMinutes(9));
        var early = host.Read(w => w.FindApp("sushi")!.Builds[^1].Status);

        await PassAsync(host, w => w.FindApp("sushi")!.Builds[^1].Status == BuildStatus.Failed, TimeSpan.FromMinutes(1));
        Assert.That(early, Is.EqualTo(BuildStatus.Pending));
    }

    private Task<HerokuHost> StartAsync(Func<SandboxOptions, SandboxOptions> configure) => HerokuHost.StartAsync(o => configure(o with { Machine = _machine }));

    /// <summary>The work may be a moment away from its wait: time goes on until it has passed.</summary>
    private Task PassAsync(HerokuHost host, Func<HerokuWorld, bool> condition, TimeSpan step) => HerokuHost.UntilAsync(
        () =>
        {
            _machine.Advance(step);
            return host.Read(condition);
        },
        "enough time has passed");
}
