namespace ReleaseTasks.Chat;

/// <summary>Says something to the team. Posting can't be repeated safely, so the outcome is told, not thrown.</summary>
public interface INotifier
{
    /// <summary>Where messages go, fit to be shown: never the address, which is a secret.</summary>
    string Name { get; }

    Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct);
}
