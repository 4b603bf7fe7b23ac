namespace ReleaseTasks.Sandbox.Serving;

/// <summary>The scripted misfortunes: the same script and seed give the same night.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<ScriptedFault> _script;
    private readonly TimeProvider _clock;

    /// <exception cref="InvalidDataException">A fault can't be done, or the file can't be read.</exception>
    public Faults(SandboxOptions options, TimeProvider clock)
    {
        _clock = clock;
        var given = options.Faults.Select(fault => FaultScript.Checked(fault, $"'{fault}'"));
        _script = [.. given.Concat(FaultScript.ReadFile(Path.Combine(options.Directory, FaultScript.FileName))).Select((fault, at) => new ScriptedFault(fault, options.Seed + at))];
    }

    public bool AreNone => _script.Count == 0;

    /// <summary>What became of each, one line each.</summary>
    public IReadOnlyList<string> Outcomes
    {
        get
        {
            lock (_lock)
            {
                return [.. _script.Select(fault => fault.ToString())];
            }
        }
    }

    /// <summary>Lets happen what happens now to one of the services' works: it may take longer, or never end. True when it's to fail.</summary>
    public async Task<bool> FailAsync(string work, CancellationToken ct) => await HappenAsync(work, ct) == "fail";

    /// <summary>The same for a work that can fail in several ways: says what of it, if anything, is up to the work itself.</summary>
    public async Task<string?> HappenAsync(string work, CancellationToken ct)
    {
        var fault = Next(work);
        if (fault?.Do is "delay" or "hang")
        {
            await Task.Delay(fault.Do == "delay" ? TimeSpan.FromSeconds(fault.Seconds) : Timeout.InfiniteTimeSpan, _clock, ct);
        }

        return fault?.Do;
    }

    /// <summary>What happens now to a request such as <c>GET /apps/sushi</c> or to one of the services' works; mostly nothing.</summary>
    public Fault? Next(string what)
    {
        lock (_lock)
        {
            // Every one that matches counts the chance, so that each reads by itself; one comes true at a time.
            var striking = _script.FindAll(fault => fault.IsDue(what)).FirstOrDefault();
            striking?.Strike(what);
            return striking?.Fault;
        }
    }
}
