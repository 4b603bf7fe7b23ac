namespace ReleaseTasks.Gates;

/// <summary>The app as it was found on Heroku.</summary>
public sealed record AppFacts
{
    public required string Name { get; init; }

    /// <summary>The e-mail address of the account whose token this is.</summary>
    public required string Account { get; init; }

    /// <summary>The owner's e-mail address.</summary>
    public required string Owner { get; init; }

    /// <summary>Whether the account administers the team that owns the app.</summary>
    public bool AccountIsTeamAdmin { get; init; }

    /// <summary>Requests that the account has left; null where Heroku didn't say.</summary>
    public int? RequestsLeft { get; init; }

    /// <summary>The system that the next build is made for; null where Heroku didn't say.</summary>
    public string? BuildStack { get; init; }

    /// <summary>The system that the current release was built for; null where Heroku didn't say.</summary>
    public string? Stack { get; init; }

    /// <summary>Whether old and new code overlap for minutes.</summary>
    public bool HasPreboot { get; init; }

    /// <summary>The release that Heroku is still working on; null where there is none.</summary>
    public int? PendingRelease { get; init; }

    /// <summary>Who else holds the roll-out lock: owner, host, roll-out, age. Null where nobody does.</summary>
    public string? ForeignLock { get; init; }

    /// <summary>By attachment, the earliest moment that its database can be rolled back to; one that can't be is absent.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> EarliestRollback { get; init; } = new Dictionary<string, DateTimeOffset>();
}
