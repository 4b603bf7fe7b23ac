namespace ReleaseTasks.Sandbox.Heroku.World;

internal sealed class Pipeline
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required string Name { get; set; }

    public required Guid Owner { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>An app's place in a pipeline.</summary>
internal sealed class Coupling
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required Guid Pipeline { get; set; }

    public required Guid App { get; set; }

    /// <summary><c>development</c>, <c>staging</c>, <c>production</c> …</summary>
    public required string Stage { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>One app's slug released to others.</summary>
internal sealed class Promotion
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required Guid Pipeline { get; set; }

    public required Guid Source { get; set; }

    public required Guid SourceRelease { get; set; }

    public List<PromotionTarget> Targets { get; set; } = [];

    public required DateTimeOffset CreatedAt { get; set; }
}

internal sealed class PromotionTarget
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required Guid App { get; set; }

    public Guid? Release { get; set; }

    public string? Error { get; set; }
}
