namespace ReleaseTasks.Tests.GitHub;

/// <summary>
/// Time that stands still but for pauses: they are over as soon as they begin. Time-outs, an hour and longer here, never come.
/// </summary>
internal sealed class LeapingTime(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isPause = dueTime >= TimeSpan.Zero && dueTime < TimeSpan.FromHours(1);
        Interlocked.Add(ref _ticks, isPause ? dueTime.Ticks : 0);
        return System.CreateTimer(callback, state, isPause ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
