namespace ReleaseTasks.Sandbox.Serving;

/// <summary>The machine's time at another speed. It never goes back, whatever becomes of the machine's.</summary>
internal sealed class StretchedClock(TimeProvider machine, SandboxTime time) : TimeProvider
{
    private readonly DateTimeOffset _start = time.SandboxAt(machine.GetUtcNow());
    private readonly long _startedAt = machine.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Elapsed => machine.GetElapsedTime(_startedAt) * time.Speed;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, OnMachine(dueTime), OnMachine(period));

    private TimeSpan OnMachine(TimeSpan span) => span <= TimeSpan.Zero ? span : span / time.Speed;
}
