using Cake.Heroku;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Redaction;
using ReleaseTasks.Reports;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>The last lines on the screen: what was done, what state things are in, what to type next.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>For the last words about a run that has its result already. Who stops it by hand wants the terminal back.</summary>
    private static TimeSpan Patience(ExitCode code) => code == ExitCode.Interrupted ? TimeSpan.FromSeconds(0.3) : TimeSpan.FromSeconds(15);

    public async Task EndAsync(ExitCode code)
    {
        if (_journal is not { State.Exists: true })
        {
            if (code is ExitCode.Failed or ExitCode.Interrupted)
            {
                screen.Say("Next: the same command again, once that is put right.");
            }

            return;
        }

        if (code == ExitCode.Interrupted)
        {
            NoteInterruption(_journal);
        }

        await CopyLastLinesAsync(_journal, code);
        console.Write(RolloutReport.Table(State, redactor.Clean));
        screen.Say(Standing(State));
        screen.Say(await AppStandingAsync(code));
        foreach (var task in State.RolledBack?.LeftForPeople ?? [])
        {
            screen.Say($"Left for you: {task}");
        }

        if (RolloutReport.Simulated(State).ToList() is { Count: > 0 } simulated)
        {
            screen.Say($"Simulated, not real: {string.Join(", ", simulated)}.");
        }

        screen.Say($"Journal: {Path.GetRelativePath(folder, _journal.Path)}");
        foreach (var next in NextCommands(State))
        {
            screen.Say($"Next: {next}");
        }
    }

    /// <summary>How the run ended: nobody who goes on elsewhere needs it, so a failure is said and nothing more.</summary>
    private async Task CopyLastLinesAsync(Journal journal, ExitCode code)
    {
        if (_copy is null)
        {
            screen.Say($"The journal's copy on GitHub is behind: this run went on without GitHub. Once it answers again, bring it up to date, or a run elsewhere may go on: {RollbackCommand}");
            return;
        }

        using var patience = new CancellationTokenSource(Patience(code), TimeProvider.System);
        try
        {
            await _copy.WriteAsync(journal, patience.Token);
        }
        catch (Exception e) when (e is GitHubException or JournalException or OperationCanceledException)
        {
            screen.Say($"The journal's copy on GitHub is behind: {ForeignText.WordsOf(e)}");
        }
    }

    /// <summary>Resuming doesn't need this line, so a full disk doesn't change how the run ends.</summary>
    private void NoteInterruption(Journal journal)
    {
        try
        {
            journal.Write(new Stopped("interrupted by a signal"));
        }
        catch (JournalException e)
        {
            screen.Say(e.Message);
        }
    }

    /// <summary>The app as it is now, read back; a failure to read it is said, for the run has a result already.</summary>
    private async Task<string> AppStandingAsync(ExitCode code)
    {
        using var patience = new CancellationTokenSource(Patience(code), TimeProvider.System);
        try
        {
            var app = new AppName(options.App);
            var current = await _services!.Heroku.GetCurrentReleaseAsync(app, patience.Token);
            var maintenance = (await _services.Heroku.GetAppAsync(app, patience.Token)).Maintenance;
            return $"{app} runs v{current.Version} ({current.Description}) and is {(maintenance ? "closed: maintenance is on" : "open to visitors")}.";
        }
        catch (Exception e) when (e is HerokuApiException or HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            return $"How {options.App} stands can't be read now: {ForeignText.WordsOf(e)}";
        }
    }
}
