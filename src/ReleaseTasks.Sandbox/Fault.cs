using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox;

/// <summary>One way in which the sandbox is made to misbehave, from <c>faults.json</c> or an option. docs/sandbox.md has them all.</summary>
public sealed record Fault
{
    /// <summary>
    /// Where: <c>POST /apps/*/releases</c>, with a star for one part of the path or, at its end, for the rest; <c>any request</c>,
    /// <c>any change</c>; or one of the services' own works, such as <c>provisioning</c>.
    /// </summary>
    public required string On { get; init; }

    /// <summary>What: one of the words that are known for the place.</summary>
    public required string Do { get; init; }

    /// <summary>How many chances pass before; of <c>log stream</c>, how many lines are sent. Default: none.</summary>
    public int After { get; init; }

    /// <summary>How many times it happens. Default: once.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How likely it happens at each chance, by the seed. Default: certainly.</summary>
    public double Chance { get; init; } = 1;

    /// <summary>For <c>answer</c> and <c>answer-after</c>. Default: 503.</summary>
    public int Status { get; init; } = 503;

    /// <summary>The <c>Retry-After</c> header, in seconds. Default: no header.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>For <c>delay</c>, on the sandbox's clock. Default: 5.</summary>
    public double Seconds { get; init; } = 5;

    /// <summary>For <c>remove</c> and <c>set</c>: a property of the answer, or of each of its items; <c>user.email</c> is one further down.</summary>
    public string? Field { get; init; }

    /// <summary>For <c>set</c>: what stands there instead. Default: null.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>Reads <c>PATCH /apps/*: answer status=429 times=2; release phase: fail</c>, as an argument has it.</summary>
    /// <exception cref="InvalidDataException">Something in it isn't known; the message says what is.</exception>
    public static IReadOnlyList<Fault> Parse(string text) => FaultScript.Parse(text);

    /// <summary>As in an argument, without what is as usual.</summary>
    public override string ToString() => FaultScript.Format(this);
}
