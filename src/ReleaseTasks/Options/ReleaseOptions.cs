using Cake.Heroku;

namespace ReleaseTasks.Options;

/// <summary>A project's release settings, <c>release.json</c>. Checked once, at the edge; inside they are simply true.</summary>
public sealed record ReleaseOptions
{
    /// <summary>What people call the project. Default: the app's name.</summary>
    public string Project { get; init; } = "";

    /// <summary>The Heroku app that is released. Required.</summary>
    public string App { get; init; } = "";

    /// <summary>The GitHub repository, <c>owner/name</c>. Required.</summary>
    public string Repository { get; init; } = "";

    /// <summary>The branch that pull requests are merged into. Default: <c>master</c>.</summary>
    public string MainBranch { get; init; } = "master";

    /// <summary><c>production</c> talks to Heroku and GitHub, <c>sandbox</c> to local stand-ins. Default: <c>production</c>.</summary>
    public ReleaseEnvironment Environment { get; init; } = ReleaseEnvironment.Production;

    /// <summary>GitHub logins whose approvals count: at least half of them have to approve. Required.</summary>
    public IReadOnlyList<string> LeadingDevelopers { get; init; } = [];

    /// <summary>GitHub logins of the ops people, the possible deployment assistants.</summary>
    public IReadOnlyList<string> Ops { get; init; } = [];

    /// <summary>GitHub logins that are asked for a review. Default: the leading developers.</summary>
    public IReadOnlyList<string> Team { get; init; } = [];

    public DeploymentWindowOptions DeploymentWindow { get; init; } = new();

    public ApprovalOptions Approvals { get; init; } = new();

    public ReminderOptions Reminders { get; init; } = new();

    public LogOptions Logs { get; init; } = new();

    public ErrorOptions Errors { get; init; } = new();

    public ChatOptions Chat { get; init; } = new();

    public VerifyOptions Verify { get; init; } = new();

    public DeadlineOptions Deadlines { get; init; } = new();

    /// <summary>How long <c>Cleanup</c> leaves the rollback database alone after a good roll-out. Default: 7 days.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The people asked for a review: the team, or the leading developers where none is named.</summary>
    internal IReadOnlyList<string> Reviewers => Team.Count > 0 ? Team : LeadingDevelopers;

    internal IEnumerable<string> Problems() =>
    [
        .. ProblemsHere(),
        .. DeploymentWindow.Problems(),
        .. Reminders.Problems(),
        .. Logs.Problems(),
        .. Errors.Problems(),
        .. Chat.Problems(),
        .. Verify.Problems(),
        .. Deadlines.Problems(),
    ];

    private IEnumerable<string> ProblemsHere()
    {
        if (!AppName.IsName(App))
        {
            yield return $"app: '{App}' is not the name of a Heroku app (lower case letters, digits and dashes, 3 to 30 of them).";
        }

        if (!Names.IsRepository(Repository))
        {
            yield return $"repository: '{Repository}' is not a GitHub repository. Write it as 'owner/name'.";
        }

        if (MainBranch.Length == 0)
        {
            yield return "mainBranch: must not be empty.";
        }

        if (LeadingDevelopers.Count == 0)
        {
            yield return "leadingDevelopers: name at least one: at least half of them have to approve a pull request.";
        }

        foreach (var login in LeadingDevelopers.Concat(Ops).Concat(Team).Where(login => !Names.IsLogin(login)).Distinct())
        {
            yield return $"'{login}' is not a GitHub login.";
        }

        if (Retention < TimeSpan.Zero)
        {
            yield return $"retention: {Retention} must not be negative.";
        }
    }
}

/// <summary>Where a roll-out happens.</summary>
public enum ReleaseEnvironment
{
    Production,
    Sandbox,
}
