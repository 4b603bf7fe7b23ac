using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <content>Back: what the journal says was done, undone.</content>
internal sealed partial class ReleaseRun
{
    private string RollbackCommand => Command("Rollback", $" --confirm={options.App}");

    public async Task RollBackAsync(CancellationToken ct)
    {
        var state = FindState();
        if (state.RolledBack is { } done)
        {
            screen.Say($"{state.Start!.Rollout} was rolled back at {done.At:yyyy-MM-dd HH:mm} UTC: nothing to do.");
            return;
        }

        await ServicesAsync(ct);
        var journal = OpenJournal(state.Start!.Rollout);
        var unwinder = new Unwinder(journal.State, options, _services!, Vault(journal));
        if (unwinder.HasNothingToUndo)
        {
            throw new RefusedException($"{state.Start.Rollout} has changed nothing on {options.App}: there is nothing to undo.");
        }

        await ShowRollbackAsync(unwinder, ct);
        if (journal.State.Rollback is null)
        {
            Confirm(state.Start.Rollout);
        }

        await TakeLockAsync(state.Start.Rollout, CommitSha.Parse(state.Start.HeadSha), ct);
        await UnwindAsync(journal, ct);
    }

    private async Task UnwindAsync(Journal journal, CancellationToken ct)
    {
        // Computed before the journal speaks of undoing: from here on it grows by the undoing steps themselves.
        var unwinder = new Unwinder(journal.State, options, _services!, Vault(journal));
        if (journal.State.Rollback is null)
        {
            journal.Write(new RollbackStarted(Environment.UserName, Environment.MachineName));
        }

        await CarryOutAsync(unwinder.Steps(), journal, ct);
        journal.Write(new RollbackFinished([.. unwinder.CannotUndo()]));
    }

    /// <summary>The roll-out that is meant, by what this checkout remembers.</summary>
    private RunState FindState()
    {
        var state = arguments.PullRequest is { } number ? _rollouts.Read(Rollouts.IdOf(options.App, number)) : _rollouts.Current(options.App);
        return state is { Exists: true }
            ? state
            : throw new RefusedException($"This checkout remembers no roll-out of {options.App}{(arguments.PullRequest is { } n ? $" for #{n}" : "")}: there is nothing to undo. Nothing was changed.");
    }

    /// <summary>Before anything is asked or done: every step, with the values it would change, and what can't be taken back.</summary>
    private async Task ShowRollbackAsync(Unwinder unwinder, CancellationToken ct)
    {
        screen.Say($"To undo {_journal!.State.Start!.Rollout}:");
        foreach (var step in unwinder.Steps())
        {
            var done = _journal.State.HasFinished(step.Name);
            screen.Say($"  {(done ? "ok" : "- ")} {step.Title}: {(done ? "done already" : await EffectAsync(step, ct))}");
        }

        foreach (var loss in unwinder.CannotUndo())
        {
            screen.Say($"  !! {loss}");
        }
    }

    private void Confirm(string rollout)
    {
        var answer = arguments.Confirmation ?? (console.Profile.Capabilities.Interactive && !Console.IsInputRedirected ? Ask() : null);
        if (answer != options.App)
        {
            throw new RefusedException(answer is null
                ? $"{rollout} is not rolled back without a word from you. Nothing was changed. Type: {RollbackCommand}"
                : $"'{answer}' is not '{options.App}'. Nothing was changed.");
        }

        string Ask()
        {
            screen.Say($"Type the app's name, {options.App}, to roll it back:");
            return Console.ReadLine()?.Trim() ?? "";
        }
    }
}
