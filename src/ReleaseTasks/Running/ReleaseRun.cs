using Cake.Heroku;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
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

    /// <summary>Null where the run goes on without GitHub.</summary>
    private JournalCopy? _copy;
    private RolloutLock? _lock;
    private Fingerprint? _fingerprint;
    private bool _hasLearned;

    /// <summary>A rollback may be told to do without; everything else needs the lock and the copy.</summary>
    private bool _withoutGitHub;

    /// <summary>Who can be asked. Default: whoever started the program, where somebody did.</summary>
    public ITerminal Terminal { get; init; } = new OwnTerminal();

    /// <summary>What the project understands beside the procedure's own words. Default: nothing.</summary>
    public IReadOnlyList<IStepRecogniser> Recognisers { get; init; } = [];

    /// <summary>The project's own tasks, for steps that ask for one. Default: none.</summary>
    public IProjectTasks Tasks { get; init; } = new NoProjectTasks();

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
            SayTheSandboxsLastWords(_services);
            await _services.DisposeAsync();
        }
    }

    private async Task<ReleaseServices> ServicesAsync(CancellationToken ct)
    {
        if (_services is null)
        {
            _services = await ReleaseServices.ConnectAsync(
                options, folder, arguments.Sandbox, redactor, rehearsal, () => State, screen.Say, ct);
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
            _subject = arguments.PlanFile is { } file
                ? await SubjectFinder.FromFileAsync(options.App, file, folder, Recognisers, ct)
                : await new SubjectFinder(options, arguments, (await ServicesAsync(ct)).GitHub, await MemoryAsync(ct), Recognisers, _services!.WorkflowPullRequest).FindAsync(ct);
            await LearnOfAsync(_subject, ct);
            screen.Say($"{_subject.Id}: {_subject.PullRequest?.Title ?? _subject.Source}");
        }

        return _subject;
    }

    /// <summary>How a roll-out's journal refers to what it shows masked, and to values of config vars; from now on how this run does.</summary>
    private async Task<Fingerprint> FingerprintAsync(RunState state, CancellationToken ct) =>
        _fingerprint = await (await ServicesAsync(ct)).Keys.OfAsync(state, ct);

    private string ReferenceTo(string text) =>
        (_fingerprint ?? throw new InvalidOperationException("The key of fingerprints is read before anything is masked.")).Of(text);

    private async Task LearnOfAsync(RolloutSubject subject, CancellationToken ct)
    {
        redactor.Name(options.App, options.Project, options.MainBranch, subject.Id.ToString(), subject.Source, subject.PullRequest?.HeadRef);
        redactor.Name([options.Repository, .. options.Repository.Split('/')]);
        var sets = subject.Reading.Draft.Steps.Select(step => step.Work).OfType<Work.SetConfigVar>();
        redactor.Learn(sets.Select(set => KeyValuePair.Create(set.Name, set.Value)));
        if (_services is not null)
        {
            await TryToLearnAsync(subject.State, ct);
        }
    }

    /// <summary>
    /// Before anything foreign is shown or written: what the app's config vars hold, what they held with the release that was found, and
    /// what the roll-out has saved. Who reads them tells the redactor.
    /// </summary>
    private async Task LearnAsync(RunState state, CancellationToken ct)
    {
        if (_hasLearned)
        {
            return;
        }

        var (heroku, app) = ((await ServicesAsync(ct)).Heroku, new AppName(options.App));
        List<Task> reads = [heroku.GetConfigVarsAsync(app, ct)];
        if (RecordState.FoundIn(state) is { } found)
        {
            reads.Add(heroku.GetReleaseConfigVarsAsync(app, found.Release.Version, ct));
        }

        if (state.Start is { } start)
        {
            VaultOf(start.Rollout).Load();
        }

        await Task.WhenAll(reads);
        _hasLearned = true;
    }

    /// <summary>For who shows and writes nothing that isn't our own or everybody's already.</summary>
    private async Task TryToLearnAsync(RunState state, CancellationToken ct)
    {
        try
        {
            await LearnAsync(state, ct);
        }
        catch (Exception e) when (e is HerokuApiException or HttpRequestException)
        {
            var why = ForeignText.WordsOf(e);
            screen.Say($"The config vars of {options.App} can't be read, so only what looks like a secret is masked: {why}");
        }
    }

    /// <summary>By this checkout alone.</summary>
    private RunState? Remembered =>
        arguments.PullRequest is { } number ? _rollouts.Read(_rollouts.LastAttempt(options.App, number)) : _rollouts.Current(options.App);

    /// <summary>By this checkout and GitHub.</summary>
    private async Task<Recollection?> RecallAsync(Memory memory, CancellationToken ct) =>
        arguments.PullRequest is { } number ? await memory.LastAttemptAsync(number, ct) : await memory.CurrentAsync(ct);

    private async Task<Memory> MemoryAsync(CancellationToken ct)
    {
        var services = await ServicesAsync(ct);
        return new(_rollouts, services.GitHub, options.App, rollout => CopyOf(rollout, services), Recognisers, services.Keys.OfAsync);
    }

    private JournalCopy CopyOf(RolloutId rollout, ReleaseServices services) =>
        new(services.GitHub, rollout, options.Repository, services.Keys.FindAsync);

    /// <summary>
    /// Opens the roll-out's journal, at the point that it has reached here or, where that is vouched for, on another machine.
    /// </summary>
    private async Task<Journal> OpenJournalAsync(RolloutId rollout, CancellationToken ct)
    {
        if (_journal is null)
        {
            var services = await ServicesAsync(ct);
            _journal = Journal.Open(_rollouts.JournalPath(rollout), TimeProvider.System, redactor, ReferenceTo);
            if (!_withoutGitHub)
            {
                _copy = CopyOf(rollout, services);
                var copy = await _copy.ReadAsync(ct);
                if (!Recollection.Of(rollout, _journal.Text, _journal.Path, copy, _copy.Reference).IsEvidence)
                {
                    _journal.CatchUp(copy.Text, _copy.Reference);
                }
            }

            _journal.Listen(screen.Happened);
        }

        return _journal;
    }

    /// <summary>Nobody else may change the app from here on.</summary>
    private async Task TakeLockAsync(RolloutId rollout, CommitSha? head, CancellationToken ct)
    {
        var github = (await ServicesAsync(ct)).GitHub;
        _lock ??= new RolloutLock(github, options.App, rollout, TimeProvider.System);
        var treeOf = head ?? await github.FindBranchAsync(options.MainBranch, ct) ?? throw new RefusedException($"{options.Repository} has no branch {options.MainBranch}. Nothing was changed.");
        await _lock.TakeAsync(treeOf, ct);
    }

    private ConfigVarVault VaultOf(RolloutId rollout) => new(_rollouts.FolderOf(rollout), redactor.Learn);

    /// <summary>Carries out the steps that aren't done yet.</summary>
    /// <param name="afterEach">Done when a step has finished; null for nothing.</param>
    /// <param name="beforeEach">Done before a step is begun or gone on with; null for nothing.</param>
    private async Task CarryOutAsync(
        IReadOnlyList<IStep> steps, Journal journal, CancellationToken ct, Func<Task>? afterEach = null, Func<IStep, Task>? beforeEach = null)
    {
        await FingerprintAsync(journal.State, ct);
        var pending = steps.Where(step => !journal.State.HasFinished(step.Name)).ToList();
        var runner = new StepRunner(journal, CopyJournalAsync, screen, options.Deadlines.Change, TimeProvider.System);
        await screen.WhileAsync([.. pending.Select(step => (step.Name, step.Title))], async () =>
        {
            foreach (var step in pending)
            {
                await (beforeEach?.Invoke(step) ?? Task.CompletedTask);
                await runner.RunAsync(step, ct);
                await (afterEach?.Invoke() ?? Task.CompletedTask);
            }
        });
    }

    /// <summary>Before the effect of a step, so that nobody who goes on elsewhere takes its work for what was found.</summary>
    private async Task CopyJournalAsync(IStep step, CancellationToken ct)
    {
        if (step.OnlyReads || _copy is null)
        {
            return;
        }

        try
        {
            await (_lock?.EnsureHeldAsync(ct) ?? Task.CompletedTask);
            await _copy.WriteAsync(_journal!, ct);
        }
        catch (GitHubException e) when (LetsVisitorsIn(step))
        {
            screen.Say($"     the journal's copy on GitHub is behind: {ForeignText.WordsOf(e)}");
        }
        catch (GitHubException e)
        {
            throw new StepFailedException($"the journal can't be copied to GitHub, without which no other machine could go on. Nothing of this step was done. {ForeignText.WordsOf(e)}", e);
        }
    }

    /// <summary>Going back and opening the app don't wait for GitHub.</summary>
    private bool LetsVisitorsIn(IStep step) => State.Rollback is not null || step.Name == SetMaintenance.OffStep;

    private static string Command(string target, string more = "") => $"./build.sh --target={target}{more}";
}
