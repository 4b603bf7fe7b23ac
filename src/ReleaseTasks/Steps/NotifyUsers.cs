using ReleaseTasks.Chat;

namespace ReleaseTasks.Steps;

/// <summary>
/// Tells the end users. A chat can't be asked whether it has a message: when the run died before the answer came, the step says
/// "may have been sent" instead of sending it again.
/// </summary>
/// <param name="wasRefused">Whether an earlier attempt is known to have failed: then it was not sent.</param>
internal sealed class NotifyUsers(string text, INotifier notifier, bool wasRefused) : Step<NotifyUsers.Before>
{
    public const string StepName = "notify-users";

    private Reading _outcome = wasRefused
        ? new Reading.NotYet("not sent")
        : new Reading.Done(new { }, "may have been sent: the run ended before the answer came");

    public override string Name => StepName;

    public override string Title => "Notify end users";

    protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before(text, notifier.Name));

    protected override string Effect(Before before) => $"\"{before.Text.ReplaceLineEndings(" ")}\" → {before.To}";

    protected override async Task ApplyAsync(Before before, CancellationToken ct) =>
        _outcome = await notifier.NotifyAsync(new Recipient.Team(), before.Text, ct) switch
        {
            Notification.Sent sent => new Reading.Done(new { sent.Id }, $"sent to {before.To}"),
            Notification.MayHaveBeenSent unknown => new Reading.Done(new { }, $"may have been sent to {before.To}: {unknown.Reason}"),
            Notification.NotSent not => new Reading.Failed($"not sent to {before.To}: {not.Reason}"),
            var other => throw new InvalidOperationException($"A notification was {other}."),
        };

    protected override Task<Reading> ReadBackAsync(Before before, CancellationToken ct) => Task.FromResult(_outcome);

    internal sealed record Before(string Text, string To);
}
