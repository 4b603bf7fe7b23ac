namespace ReleaseTasks.Chat;

/// <summary>No chat is configured: a message that a plan asks for is refused, not swallowed.</summary>
internal sealed class NobodyToTell : INotifier
{
    public string Name => "nobody: no chat is configured";

    public Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct) =>
        Task.FromResult<Notification>(new Notification.NotSent("set SLACK_WEBHOOK_URL, SLACK_BOT_TOKEN or CHAT_WEBHOOK_URL."));
}
