using ReleaseTasks.Redaction;

namespace ReleaseTasks.Chat;

/// <summary>
/// Says nothing that must not be said: every text passes through a filter first. What the service answers is quoted.
/// </summary>
internal sealed class CleanNotifier(INotifier notifier, Func<string, string> clean) : INotifier
{
    public string Name => notifier.Name;

    public async Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct) =>
        await notifier.NotifyAsync(recipient, clean(text), ct) switch
        {
            Notification.NotSent not => new Notification.NotSent(ForeignText.Quote(not.Reason)),
            Notification.MayHaveBeenSent unknown => new Notification.MayHaveBeenSent(ForeignText.Quote(unknown.Reason)),
            var sent => sent,
        };
}
