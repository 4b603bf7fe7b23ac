namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>An add-on under a name in an app: <c>HEROKU_POSTGRESQL_YELLOW</c> sets <c>HEROKU_POSTGRESQL_YELLOW_URL</c>.</summary>
internal sealed class Attachment
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required string Name { get; set; }

    public required Guid AddOn { get; set; }

    public required Guid App { get; set; }

    /// <summary>What the add-on is asked for under this name, such as <c>credential:reader</c>.</summary>
    public string? Namespace { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>The config var for one of the add-on's values.</summary>
    public string VarName(string suffix) => $"{Name}_{suffix}";
}
