namespace Cake.Heroku;

public sealed record App(HerokuId<App> Id, AppName Name, bool Maintenance, Person Owner)
{
    /// <summary>Null for a personal app.</summary>
    public Named? Team { get; init; }

    /// <summary>Null outside private spaces.</summary>
    public Named? Space { get; init; }

    public Named? Region { get; init; }

    public Named? Stack { get; init; }

    public Named? BuildStack { get; init; }

    /// <summary><c>cedar</c> or <c>fir</c>.</summary>
    public Named? Generation { get; init; }

    public Uri? WebUrl { get; init; }

    public string? GitUrl { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }
}
