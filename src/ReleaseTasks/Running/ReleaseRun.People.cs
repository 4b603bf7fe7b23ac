using System.Globalization;
using NodaTime;
using ReleaseTasks.Chat;
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
        await TryToLearnAsync(RunState.Empty, ct);
        var unreached = new List<string>();
        var all = await services.GitHub.ListOpenPullRequestsAsync(ct);
        foreach (var open in all.Where(pullRequest => pullRequest.BaseRef == options.MainBranch && !pullRequest.IsWorkInProgress))
        {
            var reviews = await services.GitHub.ListReviewsAsync(open.Number, ct);
            var asked = await services.GitHub.GetReviewableSinceAsync(open, ct);
            var comments = await services.GitHub.ListCommentsAsync(open.Number, ct);
            if (Reminders.Due(open, reviews, comments, asked, options.LeadingDevelopers, Hours(), services.Time.GetUtcNow(), options.Reminders) is { } due)
            {
                unreached.AddRange(await RemindAsync(open, due, services.Notifier, ct));
            }
            else
            {
                screen.Say($"#{open.Number}: nobody is to be reminded.");
            }
        }

        if (unreached.Count > 0)
        {
            throw new StepFailedException(string.Join(Environment.NewLine, unreached));
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
            await TryToLearnAsync(state, ct);
            (await OpenJournalAsync(start.Rollout, ct)).Write(new Unlocked(reason, Environment.UserName, Environment.MachineName));
        }
    }

    private WorkingHours Hours() => new()
    {
        From = LocalTime.FromTimeOnly(options.DeploymentWindow.From),
        Until = LocalTime.FromTimeOnly(options.DeploymentWindow.To),
        Zone = DateTimeZoneProviders.Tzdb[options.DeploymentWindow.TimeZone],
    };

    /// <summary>Who wasn't reached, and why; the others were reminded all the same.</summary>
    private async Task<IReadOnlyList<string>> RemindAsync(PullRequest pullRequest, Reminder due, INotifier notifier, CancellationToken ct)
    {
        var hours = due.Waited.TotalHours.ToString("0", CultureInfo.InvariantCulture);
        var waited = $"#{pullRequest.Number} {pullRequest.Title} waits for a review since {hours} working hours: {pullRequest.Url}";
        var people = string.Join(", ", due.People);
        IEnumerable<(Recipient Recipient, string Text)> messages = due.Stage switch
        {
            ReminderStage.Channel => [(new Recipient.Team(), $"{waited} ({people})")],
            ReminderStage.PrivateMessage => due.People.Select(person => ((Recipient)new Recipient.Person(person), waited)),
            ReminderStage.StandUp => [(new Recipient.Team(), $"For the stand-up, a blocker: {waited} ({people})")],
            var other => throw new InvalidOperationException($"A reminder was at stage {other}."),
        };
        var unreached = new List<string>();
        foreach (var (recipient, text) in messages)
        {
            switch (await notifier.NotifyAsync(recipient, text, ct))
            {
                case Notification.Sent:
                    screen.Say($"#{pullRequest.Number}: reminded {recipient}.");
                    break;
                case Notification.MayHaveBeenSent unknown:
                    screen.Say($"#{pullRequest.Number}: the reminder of {recipient} may have been sent: {unknown.Reason}");
                    break;
                case Notification.NotSent not:
                    unreached.Add($"#{pullRequest.Number}: {recipient} was not reminded: {not.Reason}");
                    break;
                case var other:
                    throw new InvalidOperationException($"A notification was {other}.");
            }
        }

        return unreached;
    }
}
