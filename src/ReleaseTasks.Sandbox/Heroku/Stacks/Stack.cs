namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>An operating system that apps are built for.</summary>
/// <param name="Name"><c>heroku-24</c></param>
/// <param name="State"><c>public</c>, or <c>deprecated</c> once its end is announced.</param>
internal sealed record Stack(string Name, string State, DateTimeOffset CreatedAt)
{
    /// <summary>What new apps get.</summary>
    public const string Default = "heroku-24";

    public static IReadOnlyList<Stack> All { get; } =
    [
        new("container", "public", new(2017, 3, 1, 12, 0, 0, TimeSpan.Zero)),
        new("heroku-22", "deprecated", new(2022, 3, 1, 12, 0, 0, TimeSpan.Zero)),
        new(Default, "public", new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero)),
    ];

    public bool IsDeprecated => State == "deprecated";

    /// <summary>As a build's output has it: <c>Heroku-24</c>.</summary>
    public string Title => char.ToUpperInvariant(Name[0]) + Name[1..];

    /// <exception cref="KeyNotFoundException">A broken world.</exception>
    public static Stack Of(string name) => All.FirstOrDefault(stack => stack.Name == name) ?? throw new KeyNotFoundException($"stack {name}");
}
