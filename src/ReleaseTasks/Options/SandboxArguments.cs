using System.Globalization;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Options;

/// <summary>The arguments of a sandbox, whichever target starts it: <c>Sandbox</c>, <c>Rehearse</c>, or another that finds none running.</summary>
internal sealed class SandboxArguments(IReadOnlyDictionary<string, string> arguments)
{
    /// <summary>Without dashes, in the order in which docs/sandbox.md explains them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["port", "speed", "databases", "fault", "seed"];

    /// <summary>Those that were given, and nothing else.</summary>
    public Dictionary<string, string> Given { get; } = arguments.Where(a => Names.Contains(a.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>As typed: <c>--speed=60 --seed=7</c>.</summary>
    public override string ToString() => string.Join(' ', Given.Select(a => $"--{a.Key}={a.Value}"));

    /// <summary><c>--port=N</c>; 0 for a free one.</summary>
    public int Port => Read<int>("port", "a port, 0 to 65535", 0, value => value is >= 0 and <= ushort.MaxValue);

    /// <summary><c>--speed=60</c>: how much faster than the machine's its clock runs.</summary>
    public double Speed => Read<double>("speed", "a number above 0, such as 60", 1, value => value is > 0 and < double.PositiveInfinity);

    /// <summary><c>--databases=real|simulated</c></summary>
    public bool SimulatesDatabases => Given.GetValueOrDefault("databases", "real") switch
    {
        "real" => false,
        "simulated" => true,
        var other => throw new RefusedException($"--databases={other}: must be 'real' or 'simulated'."),
    };

    /// <summary><c>--seed=7</c>: what chance goes by.</summary>
    public int Seed => Read<int>("seed", "a whole number", new SandboxOptions { Directory = "" }.Seed, _ => true);

    /// <summary><c>--fault="PATCH /apps/*: answer status=429; release phase: fail"</c></summary>
    public IReadOnlyList<Fault> Faults
    {
        get
        {
            try
            {
                return Fault.Parse(Given.GetValueOrDefault("fault", ""));
            }
            catch (InvalidDataException e)
            {
                throw new RefusedException($"--fault: {e.Message}");
            }
        }
    }

    /// <summary>What is wrong with their values, all of it.</summary>
    public IEnumerable<Action> Checks => [() => _ = Port, () => _ = Speed, () => _ = Seed, () => _ = SimulatesDatabases, () => _ = Faults];

    public SandboxOptions In(string directory) => new() { Directory = directory, Port = Port, Speed = Speed, Seed = Seed, SimulateDatabases = SimulatesDatabases, Faults = Faults };

    private T Read<T>(string name, string wanted, T usual, Predicate<T> isGood)
        where T : IParsable<T> =>
        !Given.TryGetValue(name, out var text) ? usual
        : T.TryParse(text, CultureInfo.InvariantCulture, out var value) && isGood(value) ? value
        : throw new RefusedException($"--{name}={text}: must be {wanted}.");
}
