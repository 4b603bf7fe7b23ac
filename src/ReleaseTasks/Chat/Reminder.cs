namespace ReleaseTasks.Chat;

/// <summary>A reminder that is due.</summary>
/// <param name="Stage">How urgent it has become.</param>
/// <param name="People">Logins of those who are asked.</param>
/// <param name="Waited">Working time without feedback.</param>
public sealed record Reminder(ReminderStage Stage, IReadOnlyList<string> People, TimeSpan Waited);

/// <summary>The procedure's ladder.</summary>
public enum ReminderStage
{
    /// <summary>After three hours: in the team's channel.</summary>
    Channel,

    /// <summary>After six hours: privately.</summary>
    PrivateMessage,

    /// <summary>After a day: a blocker for the stand-up meeting.</summary>
    StandUp,
}
