namespace ReleaseTasks.Chat;

/// <summary>Says nothing that must not be said: every text passes through a filter first.</summary>
internal sealed class CleanNotifier(INotifier notifier, Func<string, string> clean) : INotifier
{
    public string Name => notifier.Name;

    public Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct) =>
        notifier.NotifyAsync(recipient, clean(text), ct);
}
