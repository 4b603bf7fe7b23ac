using NodaTime;
using ReleaseTasks.Chat;
using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <content>What people are asked for: reviews, and a word before a lock is broken.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>Stateless: run it from a schedule, every hour or so. Each run says what is due then.</summary>
    public async Task RemindReviewersAsync(CancellationToken ct)
    {
        var services = await ServicesAsync(ct);
        foreach (var open in (await services.GitHub.ListOpenPullRequestsAsync(ct)).Where(p => p.BaseRef == options.MainBranch && !p.IsWorkInProgress))
        {
            var found = await PullRequestFacts.ReadAsync(services.GitHub, open.Number, services.Time, ct);
            var asked = await services.GitHub.GetReviewableSinceAsync(found.PullRequest, ct);
            var comments = await services.GitHub.ListCommentsAsync(open.Number, ct);
            var rules = new GateRules { LeadingDevelopers = options.LeadingDevelopers };
            if (Reminders.Due(found, comments, asked, rules, Hours(), services.Time.GetUtcNow(), options.Reminders) is { } due)
            {
                await RemindAsync(open, due, services.Notifier, ct);
            }
            else
            {
                screen.Say($"#{open.Number}: nobody is to be reminded.");
            }
        }
    }

    /// <summary>Frees the app: a person has looked, and says why.</summary>
    public async Task UnlockAsync(CancellationToken ct)
    {
        if (arguments.Reason is not { } reason)
        {
            throw new RefusedException("--reason is missing: say why the lock may go. Nothing was changed.");
        }

        await using var held = new RolloutLock((await ServicesAsync(ct)).GitHub, options.App, null, TimeProvider.System);
        var holder = await held.BreakAsync(ct);
        screen.Say(holder is null ? $"{options.App} is not locked: nothing to do." : $"{options.App} is free. It was locked by {holder}.");

        // Also where an earlier run freed it and was killed before it could say so.
        if (_rollouts.Current(options.App) is { Start: { } start, IsUnlocked: false } state
            && (holder is not null || state.RolledBack is not null)
            && !(await (await MemoryAsync(ct)).RecallAsync(start.Rollout, ct)).IsEvidence)
        {
            (await OpenJournalAsync(start.Rollout, ct)).Write(new Unlocked(reason, Environment.UserName, Environment.MachineName));
        }
    }

    private WorkingHours Hours() => new()
    {
        From = LocalTime.FromTimeOnly(options.DeploymentWindow.From),
        Until = LocalTime.FromTimeOnly(options.DeploymentWindow.To),
        Zone = DateTimeZoneProviders.Tzdb[options.DeploymentWindow.TimeZone],
    };

    private async Task RemindAsync(PullRequest pullRequest, Reminder due, INotifier notifier, CancellationToken ct)
    {
        var waited = $"#{pullRequest.Number} {pullRequest.Title} waits for a review since {due.Waited.TotalHours:0} working hours: {pullRequest.Url}";
        var messages = due.Stage switch
        {
            ReminderStage.PrivateMessage => due.People.Select(person => ((Recipient)new Recipient.Person(person), waited)),
            ReminderStage.StandUp => [(new Recipient.Team(), $"For the stand-up, a blocker: {waited} ({string.Join(", ", due.People)})")],
            _ => [(new Recipient.Team(), $"{waited} ({string.Join(", ", due.People)})")],
        };
        foreach (var (recipient, text) in messages)
        {
            screen.Say(await notifier.NotifyAsync(recipient, text, ct) switch
            {
                Notification.Sent => $"#{pullRequest.Number}: reminded {recipient}.",
                Notification.MayHaveBeenSent unknown => $"#{pullRequest.Number}: the reminder of {recipient} may have been sent: {unknown.Reason}",
                Notification.NotSent not => throw new StepFailedException($"#{pullRequest.Number}: {recipient} was not reminded: {not.Reason}"),
                var other => throw new InvalidOperationException($"A notification was {other}."),
            });
        }
    }
}
