using Cake.Heroku;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Makes the steps that a plan asks for, each at its station, the implied ones among them.</summary>
internal sealed class StepFactory(
    RolloutSubject subject, ReleaseOptions options, ReleaseArguments arguments, ReleaseServices services, ConfigVarVault vault, IProjectTasks tasks, ITerminal terminal, Func<RunState> state,
    Func<bool> acceptsAnothersMerge)
{
    /// <summary>Before the names of steps that run a command in a one-off dyno.</summary>
    public const string RunPrefix = "run:";

    /// <summary>Before the names of steps that a person does.</summary>
    public const string ByHandPrefix = "by-hand:";

    /// <summary>Before the names of steps that go back to another release, because the plan says so.</summary>
    public const string RollBackPrefix = "roll-back:";

    private readonly AppName _app = new(options.App);

    /// <summary>In the order in which they are carried out.</summary>
    public IReadOnlyList<Leg> RollOut() =>
    [
        new(Station.Backup, new RecordState(_app, services.AppReader, new DatabaseInDyno(Marked("schema")), options.Deadlines.Command), null),
        .. Distinct(Route.Of(subject.Plan).GroupBy(leg => Together(leg.Step)).Select(legs => LegOf(legs.First().Station, [.. legs.Select(leg => leg.Step)]))),
    ];

    /// <summary>The config vars of one line are changed at once, for each change is a release; everything else is a step of its own.</summary>
    private static (int Line, int Column, int Part, string Kind) Together(PlannedStep step) =>
        step.Work.ChangedVar is null ? (step.Line, step.Column, step.Part, step.Work.Kind) : (step.Line, step.Column, 0, "config-vars");

    private Leg LegOf(Station station, IReadOnlyList<PlannedStep> steps) =>
        new(station, steps[0].Work.ChangedVar is null ? Make(steps[0]) : ChangeConfigVars(steps), steps[^1].Line > 0 ? steps[^1] : null);

    private IStep Make(PlannedStep planned) => planned.Work switch
    {
        Work.BackUpConfigVar work => new BackUpConfigVar(_app, work.Name, services.Heroku, services.Keys, vault),
        Work.BackUpDatabase work => new BackUpDatabase(_app, work.Database ?? "DATABASE", services.Heroku, services.Data, options.Deadlines.Backup, services.Simulated.Databases),
        Work.CreateRollbackDatabase work => new CreateRollbackDatabase(_app, Wanted(work), services.Heroku, services.Data, services.Database, services.Time, options.Deadlines.RollbackDatabase, services.Simulated.Databases),
        Work.NotifyUsers work => new NotifyUsers(Message(work), services.Notifier, state().Find(NotifyUsers.StepName)?.Failure is not null),
        Work.MergePullRequest => subject is { PullRequest: { } pullRequest, Head: { } head } ? new MergePullRequest(pullRequest.Number, head, options.MainBranch, services.GitHub, acceptsAnothersMerge) : new MergeOnceOpen(options.MainBranch),
        Work.MaintenanceOn => SetMaintenance.On(_app, services.Heroku),
        Work.MaintenanceOff => SetMaintenance.Off(_app, services.Heroku),
        Work.Deploy => new ReleaseCommit(_app, MergedCommit, services.Heroku, services.Streams, services.GitHub, options.Deadlines.Release, services.Simulated.Migrations),
        Work.Scale work => new ScaleDynos(_app, Footprint.ScalePrefix + work.ProcessType, $"Scale {work.ProcessType} to {work.Quantity}", new Dictionary<string, int> { [work.ProcessType] = work.Quantity }, services.Heroku),
        Work.PromoteDatabase work => new PromoteDatabase(_app, $"promote:{work.Database}", work.Database, services.Heroku, services.Data, options.Deadlines.Release, services.Simulated.Databases),
        Work.Restart work => new RestartDynos(_app, work.Dyno, services.Heroku),
        Work.RollBackRelease work => RollBack(work.Version),
        Work.AlembicUpgrade work => Run(planned, ["alembic", "upgrade", work.Revision]),
        Work.AlembicDowngrade work => Run(planned, ["alembic", "downgrade", work.Revision]),
        Work.RunCommand work => Run(planned, work.Arguments, mayHaveRun: state().Find(RunName(planned)) is not null),
        Work.RunProjectTask work => new RunProjectTask(work.Task, planned.Title, tasks, options.Deadlines.Command),
        _ => new ByHand($"{ByHandPrefix}{planned.Line}", planned.Title, services.IsRehearsal ? new RehearsedConfirmations() : services.Confirmations(subject.PullRequest?.Number, planned, terminal), services.Time, arguments.ManualTimeout ?? options.Deadlines.Manual),
    };

    private static string RunName(PlannedStep planned) => $"{RunPrefix}{planned.Line}";

    private RunInDyno Run(PlannedStep planned, IReadOnlyList<string> command, bool mayHaveRun = false) =>
        new(_app, RunName(planned), planned.Title, command, Marked($"{planned.Line}"), options.Deadlines.Command, mayHaveRun);

    private MarkedRun Marked(string what) => new(_app, $"{subject.Id}-{what}", services.Heroku, services.Streams);

    private ChangeConfigVars ChangeConfigVars(IReadOnlyList<PlannedStep> steps)
    {
        var names = string.Join(", ", steps.Select(step => step.Work.ChangedVar).Distinct());
        var verb = steps[0].Work switch { Work.UnsetConfigVar => "Unset", Work.RestoreConfigVar => "Restore", _ => "Set" };
        var name = $"config-{verb.ToLowerInvariant()}:{names.Replace(" ", "", StringComparison.Ordinal)}";
        return new(
            _app, name, $"{verb} config var {names}", () => Wanted(steps),
            services.Heroku, services.Keys, options.Deadlines.Release, vault);
    }

    /// <summary>What the config vars get; of two values for one, the later.</summary>
    private Dictionary<string, string?> Wanted(IReadOnlyList<PlannedStep> steps)
    {
        var wanted = new Dictionary<string, string?>();
        foreach (var work in steps.Select(step => step.Work))
        {
            wanted[work.ChangedVar!] = work switch
            {
                Work.SetConfigVar set => set.Value,
                Work.RestoreConfigVar restore => Saved(restore.Name),
                _ => null,
            };
        }

        return wanted;
    }

    /// <summary>Without a version: to the release that was current when the roll-out began.</summary>
    private OnceKnown RollBack(int? version)
    {
        var name = $"{RollBackPrefix}{(version is { } known ? $"v{known}" : "found")}";
        return new(name, $"Roll the code back to {(version is { } number ? $"v{number}" : "the release that was found")}", options.Deadlines.Release, async ct =>
        {
            var target = version ?? state().Find(RecordState.StepName)?.BeforeAs<AppState>().Release.Version ?? (await services.Heroku.GetCurrentReleaseAsync(_app, ct)).Version;
            return new RollBackRelease(_app, name, (await services.Heroku.GetReleaseAsync(_app, target, ct)).Id, target, services.Heroku, options.Deadlines.Release);
        });
    }

    private string Saved(string name) =>
        vault.Find(name) ?? throw new InvalidOperationException($"no value of {name} was saved by this roll-out, so it can't be restored.");

    private CommitSha MergedCommit() =>
        state().Find(MergePullRequest.StepName)?.AfterAs<MergePullRequest.Merged>()?.Commit
        ?? throw new InvalidOperationException("nothing was merged by this roll-out, so there is no commit to release.");

    /// <summary>The author's own message, or what the pull request says of itself: its title and its downsides.</summary>
    private string Message(Work.NotifyUsers work) => work.Message ?? string.Join(
        '\n', [$"{options.Project} is about to change: {subject.PullRequest?.Title ?? subject.Source}", .. subject.Plan.Facts.Downsides.Select(downside => $"• {downside}")]);

    /// <summary>The rollback database is named after the roll-out; the plan's own name for it becomes its attachment.</summary>
    private RollbackDatabase Wanted(Work.CreateRollbackDatabase work) =>
        new(work.Plan, work.Source, $"{subject.Id}-rollback", NamedByPlan(subject.Plan, work.Source), work.To);

    /// <summary>What the plan calls the rollback database that it makes from <paramref name="source"/>; null where it has no name for it.</summary>
    public static string? NamedByPlan(RolloutPlan plan, string source) => plan.Steps
        .Select(step => step.Work switch
        {
            Work.PromoteDatabase promote => promote.Database,
            Work.DestroyAddon destroy => destroy.Addon,
            _ => null,
        })
        .FirstOrDefault(name => name is not null && name != source && name.StartsWith("HEROKU_POSTGRESQL_", StringComparison.Ordinal));

    /// <summary>The journal finds steps by name: the second one of a name gets a number.</summary>
    private static IEnumerable<Leg> Distinct(IEnumerable<Leg> legs)
    {
        var seen = new Dictionary<string, int>();
        foreach (var leg in legs)
        {
            var count = seen[leg.Step.Name] = seen.GetValueOrDefault(leg.Step.Name) + 1;
            yield return count == 1 ? leg : leg with { Step = new Numbered(leg.Step, count) };
        }
    }
}
