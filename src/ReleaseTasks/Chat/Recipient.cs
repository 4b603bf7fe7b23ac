namespace ReleaseTasks.Chat;

/// <summary>Who is told. A closed set.</summary>
public abstract record Recipient
{
    private Recipient()
    {
    }

    /// <summary>The team's channel; without a name, the one that the settings or the webhook stand for.</summary>
    public sealed record Team(string? Channel = null) : Recipient;

    /// <summary>One person, privately where the service can, else mentioned in the team's channel.</summary>
    /// <param name="Id">The person's id, e-mail address or name in the chat.</param>
    public sealed record Person(string Id) : Recipient;
}
