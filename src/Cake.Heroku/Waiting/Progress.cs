namespace Cake.Heroku;

/// <summary>
/// How far something has come that Heroku took on. A closed set, and the one place that judges Heroku's words: what waits for it asks again
/// while it is under way, whoever is in charge of the waiting.
/// </summary>
public abstract record Progress
{
    private Progress()
    {
    }

    /// <summary>A release: done when its release phase has ended well. One whose phase failed isn't current.</summary>
    public static Progress Of(Release release) => release.Status switch
    {
        ReleaseStatus.Pending => new UnderWay($"v{release.Version}: release phase is running"),
        ReleaseStatus.Succeeded => new Done(),
        var other => new Failed($"v{release.Version} ({release.Description}) {other}"),
    };

    /// <summary>
    /// All that a change led to: the releases after <paramref name="version"/>, the newest before it. The last one decides; a name that
    /// moves to another add-on makes two, and that the first of them failed is harmless when the second went well. None: there was nothing
    /// to change.
    /// </summary>
    public static Progress Since(int version, IEnumerable<Release> releases)
    {
        var made = releases.Where(release => release.Version > version || release.Status == ReleaseStatus.Pending).ToList();
        return made.Find(release => release.Status == ReleaseStatus.Pending) is { } running ? Of(running)
            : made.MaxBy(release => release.Version) is { } newest ? Of(newest)
            : new Done();
    }

    /// <summary>A build: done when it has become a release, which has a progress of its own.</summary>
    public static Progress Of(Build build) => build switch
    {
        { Status: BuildStatus.Pending } => new UnderWay("building"),
        { Status: BuildStatus.Succeeded, Release: null } => new UnderWay("built, not released yet"),
        { Status: BuildStatus.Succeeded } => new Done(),
        var other => new Failed($"the build {other.Status}"),
    };

    /// <summary>An add-on: done when it exists. Whether a database is ready is for the data service to say.</summary>
    public static Progress Of(Addon addon) => addon.State switch
    {
        AddonState.Provisioned => new Done(),
        AddonState.Deprovisioning or AddonState.Deprovisioned => new Failed($"add-on {addon.Name} is {addon.State}"),
        var other => new UnderWay($"add-on {addon.Name} is {other}"),
    };

    /// <summary>A database: done when the data service has it ready.</summary>
    /// <param name="status">What it says.</param>
    /// <param name="name">The database's name, for people.</param>
    public static Progress Of(WaitStatus status, string name) => status switch
    {
        { IsError: true } => new Failed($"database {name}: {status.Message}"),
        { IsWaiting: true } => new UnderWay($"database {name}: {status.Message}"),
        _ => new Done(),
    };

    /// <summary>A backup, restore or copy: done when it has finished and succeeded.</summary>
    public static Progress Of(Transfer transfer) => transfer switch
    {
        { CanceledAt: not null } => new Failed($"{transfer.Name} was cancelled: {LastWords(transfer)}"),
        { FinishedAt: null } => new UnderWay($"{transfer.Name}: {transfer.ProcessedBytes} bytes so far"),
        { Succeeded: true } => new Done(),
        _ => new Failed($"{transfer.Name} failed: {LastWords(transfer)}"),
    };

    private static string LastWords(Transfer transfer) => transfer.Logs is [.., var last] ? last.Message : "no reason given";

    /// <summary>It isn't over.</summary>
    /// <param name="State">How it stands, for people.</param>
    public sealed record UnderWay(string State) : Progress;

    /// <summary>It came to a good end.</summary>
    public sealed record Done : Progress;

    /// <summary>It came to a bad end.</summary>
    /// <param name="Why">Names it, for people.</param>
    public sealed record Failed(string Why) : Progress;
}
