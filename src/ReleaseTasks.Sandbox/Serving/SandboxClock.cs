namespace ReleaseTasks.Sandbox.Serving;

/// <summary>
/// The sandbox's time: the machine's times a speed. It survives restarts and never goes back, and a moment of it can be
/// traced to the moment on the machine, which is the one that a database's write-ahead log knows.
/// </summary>
internal sealed class SandboxClock : TimeProvider
{
    private readonly TimeProvider _machine;
    private readonly StateFile<History> _file;
    private readonly History _history;
    private readonly StretchedClock _clock;
    private readonly Lock _saving = new();

    public SandboxClock(TimeProvider machine, double speed, string directory)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _machine = machine;
        _file = new StateFile<History>(Path.Combine(directory, "clock.json"));
        _history = _file.Load();
        var now = machine.GetUtcNow();
        Time = new SandboxTime(now, Resume(now), speed);
        _clock = new StretchedClock(machine, Time);
        if (_history.Stretches is not [.., var last] || last.Speed != speed || last.SandboxAt(now) != Time.Sandbox)
        {
            _history.Stretches.Add(Time);
        }

        Save();
    }

    /// <summary>How its time runs since the sandbox started.</summary>
    public SandboxTime Time { get; }

    public override TimeZoneInfo LocalTimeZone => _clock.LocalTimeZone;

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _clock.CreateTimer(callback, state, dueTime, period);

    /// <summary>When on the machine it was, or will be, this time in the sandbox.</summary>
    public DateTimeOffset ToMachine(DateTimeOffset sandbox)
    {
        var stretch = _history.Stretches.FindLast(s => s.Sandbox <= sandbox) ?? _history.Stretches[0];
        return stretch.MachineAt(sandbox);
    }

    /// <summary>What time it was in the sandbox at a moment on the machine.</summary>
    public DateTimeOffset FromMachine(DateTimeOffset machine)
    {
        var stretch = _history.Stretches.FindLast(s => s.Machine <= machine) ?? _history.Stretches[0];
        return stretch.SandboxAt(machine);
    }

    /// <summary>Notes how far the clock has come, so that a restart goes on from here.</summary>
    public void Save()
    {
        lock (_saving)
        {
            _history.LastSeen = _machine.GetUtcNow();
            _file.Save(_history);
        }
    }

    // While nobody served, time went by at the machine's own pace.
    private DateTimeOffset Resume(DateTimeOffset machineNow)
    {
        if (_history.Stretches is not [.., var last])
        {
            return machineNow;
        }

        var asleep = machineNow - _history.LastSeen;
        return last.SandboxAt(_history.LastSeen) + (asleep > TimeSpan.Zero ? asleep : TimeSpan.Zero);
    }

    internal sealed class History
    {
        public List<SandboxTime> Stretches { get; set; } = [];

        public DateTimeOffset LastSeen { get; set; }
    }
}
