namespace ReleaseTasks.Sandbox.Chat;

/// <summary>The people, the team's channel, and everything that was said.</summary>
internal sealed class ChatState
{
    public List<ChatUser> Users { get; init; } = [];

    public List<ChatMessage> Messages { get; init; } = [];
}

internal sealed record ChatUser(string Id, string Name, string Email);

/// <param name="Ts">When, as Slack writes it: seconds and a counter. It's the message's id.</param>
/// <param name="Channel">A channel's or a private conversation's id.</param>
/// <param name="To">The channel's name, or whom the private message is for.</param>
/// <param name="Text">As it was sent.</param>
/// <param name="Blocks">In JSON, as they were sent.</param>
internal sealed record ChatMessage(string Ts, string Channel, string To, string Text, string? Blocks);
