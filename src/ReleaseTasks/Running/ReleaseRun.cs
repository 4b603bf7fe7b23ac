using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Steps;
using Spectre.Console;

namespace ReleaseTasks.Running;

/// <summary>
/// One run's work: each target is a method. What several of them need, such as the services and the journal, is opened once, when first
/// needed, and closed with the run.
/// </summary>
internal sealed partial class ReleaseRun(
    ReleaseOptions options, string folder, ReleaseArguments arguments, IProgressScreen screen, IAnsiConsole console, Redactor redactor, Rehearsal? rehearsal = null)
    : IAsyncDisposable
{
    private readonly Rollouts _rollouts = Rollouts.In(folder, options.Environment);
    private ReleaseServices? _services;
    private RolloutSubject? _subject;
    private Journal? _journal;
    private RolloutLock? _lock;

    /// <summary>Where the journal stands, as far as this run knows; empty while it has looked at none.</summary>
    private RunState State => _journal?.State ?? _subject?.State ?? RunState.Empty;

    public async ValueTask DisposeAsync()
    {
        _journal?.Dispose();
        if (_lock is not null)
        {
            await _lock.DisposeAsync();
        }

        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    private async Task<ReleaseServices> ServicesAsync(CancellationToken ct)
    {
        if (_services is null)
        {
            _services = await ReleaseServices.ConnectAsync(options, folder, redactor, rehearsal, ct);
            foreach (var notice in _services.Notices)
            {
                screen.Say(notice);
            }
        }

        return _services;
    }

    private async Task<RolloutSubject> SubjectAsync(CancellationToken ct)
    {
        if (_subject is null)
        {
            var finder = new SubjectFinder(options, arguments, _rollouts, folder);
            _subject = arguments.PlanFile is { } file ? await finder.FromFileAsync(file, ct) : await finder.FindAsync((await ServicesAsync(ct)).GitHub, ct);
            screen.Say($"{_subject.Id}: {_subject.PullRequest?.Title ?? _subject.Source}");
        }

        return _subject;
    }

    private Journal OpenJournal(string rollout)
    {
        if (_journal is null)
        {
            _journal = Journal.Open(_rollouts.JournalPath(rollout), TimeProvider.System, redactor.Redact);
            _journal.Listen(screen.Happened);
        }

        return _journal;
    }

    /// <summary>Nobody else may change the app from here on.</summary>
    private async Task TakeLockAsync(string rollout, CommitSha? head, CancellationToken ct)
    {
        var github = (await ServicesAsync(ct)).GitHub;
        _lock ??= new RolloutLock(github, options.App, rollout, TimeProvider.System);
        var treeOf = head ?? await github.FindBranchAsync(options.MainBranch, ct) ?? throw new RefusedException($"{options.Repository} has no branch {options.MainBranch}. Nothing was changed.");
        await _lock.TakeAsync(treeOf, ct);
    }

    private ConfigVarVault Vault(Journal journal) => new(journal.Folder, redactor.Learn);

    /// <summary>Carries out the steps that aren't done yet.</summary>
    private async Task CarryOutAsync(IReadOnlyList<IStep> steps, Journal journal, CancellationToken ct)
    {
        var pending = steps.Where(step => !journal.State.HasFinished(step.Name)).ToList();
        var runner = new StepRunner(journal, screen, TimeProvider.System);
        await screen.WhileAsync([.. pending.Select(step => (step.Name, step.Title))], async () =>
        {
            foreach (var step in pending)
            {
                await runner.RunAsync(step, ct);
            }
        });
    }

    private static string Command(string target, string more = "") => $"./build.sh --target={target}{more}";
}
