namespace ReleaseTasks.Sandbox;

/// <summary>One way in which the sandbox is made to misbehave, from <c>faults.json</c> or an option.</summary>
public sealed record Fault
{
    /// <summary>
    /// Where: <c>POST /apps/*/releases</c>, with a star for one part of the path or, at its end, for the rest; or one of Heroku's own
    /// works, <c>provisioning</c> and <c>release phase</c>.
    /// </summary>
    public required string On { get; init; }

    /// <summary>
    /// What. Before anything is done: <c>answer</c> (see <see cref="Status"/>), <c>delay</c>, <c>hang</c>, <c>drop</c>. After it was
    /// done: <c>answer-after</c>, <c>drop-body</c> (half an answer), <c>remove</c> or <c>null</c> a <see cref="Field"/>, <c>cut-power</c>
    /// (kills the client's process). To Heroku's own works: <c>fail</c>, <c>hang</c>.
    /// </summary>
    public required string Do { get; init; }

    /// <summary>How many matching requests go well before. Default: none.</summary>
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

    /// <summary>For <c>remove</c> and <c>null</c>: a property of the answer, or of each of its items.</summary>
    public string? Field { get; init; }
}
