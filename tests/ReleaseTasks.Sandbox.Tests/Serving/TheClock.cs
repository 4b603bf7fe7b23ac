using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Tests.Serving;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TheClock
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly FakeTimeProvider _machine = new(new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero));

    [TearDown]
    public void RemoveTheDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Runs_faster_than_the_machine_by_its_speed()
    {
        var clock = new SandboxClock(_machine, speed: 60, _directory);
        var before = clock.GetUtcNow();

        _machine.Advance(TimeSpan.FromMinutes(1));

        Assert.That(clock.GetUtcNow() - before, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public void Shortens_waits_by_its_speed()
    {
        var clock = new SandboxClock(_machine, speed: 60, _directory);
        var wait = Task.Delay(TimeSpan.FromMinutes(40), clock);

        _machine.Advance(TimeSpan.FromSeconds(40));

        Assert.That(wait.IsCompletedSuccessfully);
    }

    [Test]
    public void Goes_on_after_a_restart_and_knows_the_past()
    {
        var fast = new SandboxClock(_machine, speed: 60, _directory);
        _machine.Advance(TimeSpan.FromMinutes(1));
        var inTheFastTime = fast.GetUtcNow();
        fast.Save();
        _machine.Advance(TimeSpan.FromMinutes(5));

        var restarted = new SandboxClock(_machine, speed: 1, _directory);

        Assert.That(restarted.GetUtcNow(), Is.EqualTo(inTheFastTime.AddMinutes(5)));
        Assert.That(restarted.ToMachine(inTheFastTime.AddMinutes(-30)), Is.EqualTo(_machine.Start.AddSeconds(30)));
        Assert.That(restarted.FromMachine(_machine.Start.AddSeconds(30)), Is.EqualTo(inTheFastTime.AddMinutes(-30)));
    }

    [Test]
    public void Can_be_read_by_another_process()
    {
        var clock = new SandboxClock(_machine, speed: 60, _directory);
        _machine.Advance(TimeSpan.FromMinutes(1));

        var elsewhere = clock.Time.Clock(_machine);

        Assert.That(elsewhere.GetUtcNow(), Is.EqualTo(clock.GetUtcNow()));
        Assert.That(clock.Time.MachineAt(clock.GetUtcNow()), Is.EqualTo(_machine.GetUtcNow()));
        Assert.That(clock.Time.SandboxAt(_machine.GetUtcNow()), Is.EqualTo(clock.GetUtcNow()));
    }
}
