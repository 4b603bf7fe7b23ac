namespace ReleaseTasks.Options;

/// <summary>When a pull request without feedback is brought to mind; working hours count.</summary>
public sealed record ReminderOptions
{
    /// <summary>A message to the group. Default: after 3 hours.</summary>
    public TimeSpan Chat { get; init; } = TimeSpan.FromHours(3);

    /// <summary>A private message to each reviewer. Default: after 6 hours.</summary>
    public TimeSpan PrivateMessage { get; init; } = TimeSpan.FromHours(6);

    /// <summary>A blocker for the stand-up meeting. Default: after a day.</summary>
    public TimeSpan StandUp { get; init; } = TimeSpan.FromDays(1);

    internal IEnumerable<string> Problems()
    {
        if (Chat <= TimeSpan.Zero || PrivateMessage <= Chat || StandUp <= PrivateMessage)
        {
            yield return $"reminders: chat {Chat}, privateMessage {PrivateMessage} and standUp {StandUp} must each be later than the one before.";
        }
    }
}
