namespace ReleaseTasks.Chat;

/// <summary>What came of a message. A closed set.</summary>
public abstract record Notification
{
    private Notification()
    {
    }

    /// <param name="Id">The service's name for the message; null where it gives none.</param>
    public sealed record Sent(string? Id = null) : Notification;

    /// <summary>It was not sent, and why.</summary>
    public sealed record NotSent(string Reason) : Notification;

    /// <summary>The answer got lost: don't send it again without a person's word.</summary>
    public sealed record MayHaveBeenSent(string Reason) : Notification;
}
