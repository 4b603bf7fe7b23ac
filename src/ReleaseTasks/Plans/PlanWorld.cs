using ReleaseTasks.Plans.Linting;

namespace ReleaseTasks.Plans;

/// <summary>What is known of the world that a plan is about. Whatever is null isn't known, and what depends on it isn't judged.</summary>
public sealed record PlanWorld
{
    /// <summary>Nothing known: the plan is judged by itself.</summary>
    public static PlanWorld Unknown { get; } = new();

    public string? App { get; init; }

    public int? PullRequest { get; init; }

    /// <summary>The pull request's title: <c>[WIP]</c> at its start asks for less.</summary>
    public string? Title { get; init; }

    public DateTimeOffset? Now { get; init; }

    public ValueList<string>? Ops { get; init; }

    /// <summary>The login of the pull request's author; null also where the account was deleted.</summary>
    public string? Author { get; init; }

    /// <summary>The databases attached to the app, each once per name: <c>DATABASE</c> and <c>HEROKU_POSTGRESQL_YELLOW</c> may be the same add-on.</summary>
    public ValueList<KnownAttachment>? Attachments { get; init; }

    /// <summary>The roll-out has made its rollback database: whether it can be made isn't asked any more.</summary>
    public bool HasRollbackDatabase { get; init; }

    /// <summary>A rollback database that the roll-out made by an earlier description, where the plan now wants another; null where there is none.</summary>
    public string? OutdatedRollbackDatabase { get; init; }

    /// <summary>The project's own tasks, which its recognisers may name.</summary>
    public ValueList<string>? Tasks { get; init; }

    /// <summary>The lines of the description that hold what a config var of the app keeps secret.</summary>
    public ValueList<int>? Exposing { get; init; }

    /// <summary>The order in which a roll-out carries a plan's steps out.</summary>
    internal Func<RolloutPlan, IEnumerable<PlannedStep>>? CarriedOut { get; init; }

    /// <summary>The database that a plan means by a name: an attachment's, with or without <c>_URL</c>, or its add-on's.</summary>
    internal KnownAttachment? FindDatabase(string name) =>
        Attachments?.FirstOrDefault(known => DatabaseNames.Same(known.Name, name) || string.Equals(known.Addon, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>For people: what the app's databases are called; null where nothing is known of them.</summary>
    internal string? NamesOfDatabases => Attachments is { } known ? string.Join(", ", known.Select(attachment => attachment.Name).Distinct().Order(StringComparer.Ordinal)) : null;

    internal bool IsWorkInProgress => Title?.TrimStart().StartsWith("[WIP]", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>A database as it is attached to the app.</summary>
/// <param name="Name">The attachment, without <c>_URL</c>.</param>
/// <param name="Addon">The add-on's name.</param>
/// <param name="Plan">The add-on's plan, <c>heroku-postgresql:standard-0</c>.</param>
/// <param name="IsPrimary">Whether <c>DATABASE_URL</c> points to it.</param>
/// <param name="EarliestRollback">From when on it can be rolled back to; null where that isn't known.</param>
public sealed record KnownAttachment(string Name, string Addon, string Plan, bool IsPrimary = false, DateTimeOffset? EarliestRollback = null);
