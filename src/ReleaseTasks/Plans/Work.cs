namespace ReleaseTasks.Plans;

/// <summary>What one step of a plan asks for. A closed set: what isn't recognised is <see cref="Manual"/>.</summary>
public abstract record Work
{
    private Work()
    {
    }

    /// <summary>The app that the step's command names with <c>--app</c>; null where it names none.</summary>
    public string? App { get; init; }

    /// <summary>The config var that it changes, if it changes one.</summary>
    internal string? ChangedVar => this switch
    {
        SetConfigVar set => set.Name,
        UnsetConfigVar unset => unset.Name,
        RestoreConfigVar restore => restore.Name,
        _ => null,
    };

    /// <summary>The stable name of its kind, for machines.</summary>
    public string Kind => this switch
    {
        BackUpConfigVar => "back-up-config-var",
        BackUpDatabase => "back-up-database",
        CreateRollbackDatabase => "create-rollback-database",
        NotifyUsers => "notify-users",
        MergePullRequest => "merge-pull-request",
        MaintenanceOn => "maintenance-on",
        MaintenanceOff => "maintenance-off",
        SetConfigVar => "set-config-var",
        UnsetConfigVar => "unset-config-var",
        RestoreConfigVar => "restore-config-var",
        Deploy => "deploy",
        RunCommand => "run-command",
        AlembicUpgrade => "alembic-upgrade",
        AlembicDowngrade => "alembic-downgrade",
        Scale => "scale",
        Restart => "restart",
        PromoteDatabase => "promote-database",
        RollBackRelease => "roll-back-release",
        DestroyAddon => "destroy-addon",
        WatchLogs => "watch-logs",
        WatchErrors => "watch-errors",
        SmokeTest => "smoke-test",
        RunProjectTask => "run-project-task",
        CheckByHand => "check-by-hand",
        Manual => "manual",
        _ => throw new InvalidOperationException($"{GetType().Name} has no name for machines."),
    };

    /// <summary><c>heroku config:get NAME &gt; FILE</c></summary>
    public sealed record BackUpConfigVar(string Name) : Work;

    /// <summary><c>heroku pg:backups:capture [DATABASE]</c>; without one, the primary.</summary>
    public sealed record BackUpDatabase(string? Database = null) : Work;

    /// <summary><c>heroku addons:create PLAN --rollback SOURCE --to TIME</c>; <c>To</c> is null where it says <c>now</c>: resolved when the step runs.</summary>
    public sealed record CreateRollbackDatabase(string Plan, string Source, DateTimeOffset? To = null) : Work;

    /// <summary>Tell the end users; the text is the step's own words, less the imperative, or what follows a colon.</summary>
    public sealed record NotifyUsers(string? Message = null) : Work;

    /// <summary><c>Number</c> is null where the author wrote "PR" alone: this one.</summary>
    public sealed record MergePullRequest(int? Number = null) : Work;

    public sealed record MaintenanceOn : Work;

    public sealed record MaintenanceOff : Work;

    /// <summary><c>heroku config:set NAME=VALUE</c></summary>
    public sealed record SetConfigVar(string Name, string Value) : Work
    {
        /// <summary>Without the value: it may be a secret.</summary>
        public override string ToString() => $"{nameof(SetConfigVar)} {{ Name = {Name}, Value = ({Value.Length} characters) }}";
    }

    /// <summary><c>heroku config:unset NAME</c></summary>
    public sealed record UnsetConfigVar(string Name) : Work;

    /// <summary><c>heroku config:set NAME=$(&lt; FILE)</c>: the value that <see cref="BackUpConfigVar"/> saved.</summary>
    public sealed record RestoreConfigVar(string Name) : Work;

    /// <summary>The merge commit becomes a release. <c>Expected</c>: how long its author says that it may take.</summary>
    public sealed record Deploy(TimeSpan? Expected = null) : Work;

    /// <summary><c>heroku run COMMAND</c>, its arguments as they were written, split by our own grammar.</summary>
    public sealed record RunCommand(ValueList<string> Arguments) : Work;

    /// <summary><c>alembic upgrade REVISION</c> in a one-off dyno.</summary>
    public sealed record AlembicUpgrade(string Revision) : Work;

    /// <summary><c>alembic downgrade REVISION</c> in a one-off dyno.</summary>
    public sealed record AlembicDowngrade(string Revision) : Work;

    /// <summary><c>heroku ps:scale TYPE=QUANTITY</c></summary>
    public sealed record Scale(string ProcessType, int Quantity) : Work;

    /// <summary><c>heroku ps:restart [DYNO]</c>; without one, all of them.</summary>
    public sealed record Restart(string? Dyno = null) : Work;

    /// <summary><c>heroku pg:promote DATABASE</c></summary>
    public sealed record PromoteDatabase(string Database) : Work;

    /// <summary><c>heroku rollback vNN</c>; null where it says <c>vXX</c> or nothing: the release that was current when the roll-out began.</summary>
    public sealed record RollBackRelease(int? Version = null) : Work;

    /// <summary><c>heroku addons:destroy ADDON</c>; <c>After</c> is the author's delay ("after a week", "after some time": the configured retention).</summary>
    public sealed record DestroyAddon(string Addon, TimeSpan? After = null, bool Later = false) : Work;

    public sealed record WatchLogs : Work;

    public sealed record WatchErrors : Work;

    /// <summary>Ask a URL for a good answer.</summary>
    public sealed record SmokeTest(Uri Url) : Work;

    /// <summary>A task of the project's own build program, which one of the project's recognisers knows.</summary>
    public sealed record RunProjectTask(string Task) : Work;

    /// <summary>A person looks at something and confirms it.</summary>
    public sealed record CheckByHand : Work;

    /// <summary>A person does it and confirms it; <c>Warning</c> says why a command in it was not understood.</summary>
    public sealed record Manual(string? Warning = null) : Work;
}
