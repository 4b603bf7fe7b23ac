using System.Text.RegularExpressions;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>A fault, and how often it had its chance and came true. Used under the lock of <see cref="Faults"/>.</summary>
internal sealed class ScriptedFault
{
    private readonly Func<string, bool> _matches;
    private readonly Random _chances;
    private readonly List<string> _struck = [];
    private int _seen;

    public ScriptedFault(Fault fault, int seed)
    {
        (Fault, _chances) = (fault, new Random(seed));
        _matches = fault.On switch
        {
            FaultWords.AnyRequest => what => what.Contains(" /", StringComparison.Ordinal),
            FaultWords.AnyChange => what => what.Contains(" /", StringComparison.Ordinal) && FaultWords.IsChange(what),
            FaultWords.ReleasePhase => what => what is FaultWords.ReleasePhase or FaultWords.ReleasePhaseOfAttachment,
            _ => Pattern(fault.On).IsMatch,
        };
    }

    public Fault Fault { get; }

    /// <summary>Counts the chance that something gives; true when it's taken.</summary>
    public bool IsDue(string what) => _matches(what) && _seen++ >= Fault.After && _struck.Count < Fault.Times && _chances.NextDouble() < Fault.Chance;

    public void Strike(string what) => _struck.Add(what);

    /// <summary>What became of it: <c>any change: hang — happened at POST /builds</c>.</summary>
    public override string ToString() => $"{Fault} — {(_struck.Count == 0 ? "never happened" : $"happened at {string.Join(", ", _struck)}")}";

    private static Regex Pattern(string on)
    {
        var parts = Regex.Escape(on).Replace(@"\*", "[^/]+", StringComparison.Ordinal);
        return new Regex(on.EndsWith('*') ? $"^{parts[..^"[^/]+".Length]}.+$" : $"^{parts}$", RegexOptions.CultureInvariant);
    }
}
