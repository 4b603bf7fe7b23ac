namespace ReleaseTasks.Sandbox;

/// <summary>A project's own app, repository and pull request, for a new sandbox to start with instead of the sample: the scene of a rehearsal.</summary>
public sealed record Stage
{
    public required string App { get; init; }

    /// <summary>The version of the app's current release, at least 3. Default: 3.</summary>
    public int Release { get; init; } = 3;

    /// <summary>The names of its config vars, besides those of its databases. Their values are made up here.</summary>
    public IReadOnlyList<string> ConfigVars { get; init; } = [];

    /// <summary>Its databases, which the base's release command fills with a schema.</summary>
    public IReadOnlyList<StagedDatabase> Databases { get; init; } = [];

    /// <summary>How many dynos of a process type run. Default for each type of the base's <c>Procfile</c>: 1.</summary>
    public IReadOnlyDictionary<string, int> Formation { get; init; } = new Dictionary<string, int>();

    /// <summary><c>owner/name</c></summary>
    public required string Repository { get; init; }

    /// <summary>The folder of the git repository that holds both commits.</summary>
    public required string Checkout { get; init; }

    /// <summary>The branch that the pull request goes to.</summary>
    public required string MainBranch { get; init; }

    /// <summary>The main branch's commit, which is deployed.</summary>
    public required string Base { get; init; }

    public required StagedPullRequest PullRequest { get; init; }

    /// <summary>Logins of those who may write to the repository.</summary>
    public IReadOnlyList<string> People { get; init; } = [];
}

/// <param name="Plan"><c>heroku-postgresql:standard-0</c>; one that isn't known here is staged as that.</param>
/// <param name="Attachments">Its names in the app; the primary one has <c>DATABASE</c> among them.</param>
public sealed record StagedDatabase(string Plan, IReadOnlyList<string> Attachments);

/// <summary>The pull request whose description is the plan.</summary>
/// <param name="Number">Its number, for a plan that names it.</param>
/// <param name="Head">The commit of its branch.</param>
/// <param name="Approvers">Who approved its head; its author can't.</param>
/// <param name="Checks">Statuses of its head that succeeded.</param>
public sealed record StagedPullRequest(
    int Number, string Title, string Description, string Author, string Branch, string Head, IReadOnlyList<string> Approvers, IReadOnlyList<string> Checks);

/// <summary>A project's stage can't be set up: it has to be put right in the project.</summary>
public sealed class StageException(string message, Exception? cause = null) : Exception(message, cause);
