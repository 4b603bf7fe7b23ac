namespace ReleaseTasks.Plans.Linting;

/// <summary>What may be promoted, destroyed, and rolled back to: only what this roll-out made, and never what the app lives on.</summary>
internal sealed class DatabaseRules
{
    private readonly RolloutPlan _plan;
    private readonly PlanWorld _world;
    private readonly PlannedStep[] _created;

    private DatabaseRules(RolloutPlan plan, PlanWorld world)
    {
        (_plan, _world) = (plan, world);
        _created = [.. plan.RollOut.Where(step => step.Work is Work.CreateRollbackDatabase)];
    }

    public static IEnumerable<PlanProblem> Check(RolloutPlan plan, PlanWorld world)
    {
        var rules = new DatabaseRules(plan, world);
        return
        [
            .. rules._created.SelectMany(rules.Created),
            .. plan.Steps.SelectMany(rules.Destroyed),
            .. plan.RollOut.Concat(plan.Rollback).SelectMany(rules.Promoted),
            .. rules.TwoNames(),
        ];
    }

    /// <summary>Why an add-on of this name must not be destroyed or detached, and what to write instead; null where it is this roll-out's own.</summary>
    public static (string What, string Instead)? Protected(RolloutPlan plan, PlanWorld world, string name, string verb) => new DatabaseRules(plan, world).Protected(name, verb);

    private IEnumerable<PlanProblem> Created(PlannedStep step)
    {
        if (RollbackSource.WhyNot((Work.CreateRollbackDatabase)step.Work, _world) is var (what, instead))
        {
            yield return PlanLint.At(step, what, instead);
        }
    }

    private IEnumerable<PlanProblem> Destroyed(PlannedStep step)
    {
        if (step.Work is not Work.DestroyAddon destroy)
        {
            yield break;
        }

        if (Protected(destroy.Addon, "destroys") is var (what, instead))
        {
            yield return PlanLint.At(step, what, instead);
        }
        else if (_created is [var created] && !Precedes(created, step))
        {
            yield return PlanLint.At(step, $"This destroys the rollback database before line {created.Line} creates it.", "Move it to the end of the deployment steps.");
        }
        else if (_plan.Deployment.Any(other => other.Work is Work.PromoteDatabase promote && DatabaseNames.Same(promote.Database, destroy.Addon)))
        {
            yield return PlanLint.At(step, $"This destroys `{destroy.Addon}`, which the deployment steps promote: it would be the app's primary.", "Remove this step.");
        }
        else if (_plan.Deployment.Contains(step) && !destroy.Later && _plan.Rollback.Any(other => other.Work is Work.PromoteDatabase))
        {
            yield return PlanLint.At(step, "This destroys the rollback database at once, and the rollback strategy needs it.", "Say when: ``After a week destroy DB rollback: `heroku addons:destroy …` ``.");
        }
    }

    private (string What, string Instead)? Protected(string name, string verb)
    {
        if (DatabaseNames.Normal(name) == "DATABASE")
        {
            return ($"This {verb} `{name}`, the app's primary database.", InsteadOf(name));
        }

        if (_created.FirstOrDefault(step => step.Work is Work.CreateRollbackDatabase create && IsSame(create.Source, name)) is { } source)
        {
            return ($"This {verb} `{name}`: line {source.Line} makes the rollback database from it, so it is the app's own database, with its data.", InsteadOf(name));
        }

        if (Find(name) is { IsPrimary: true })
        {
            return ($"This {verb} `{name}`, the app's primary database.", InsteadOf(name));
        }

        if (Find(name) is not null)
        {
            return ($"This {verb} `{name}`, which was there before this roll-out.", InsteadOf(name));
        }

        return _created.Length switch
        {
            0 => ($"This {verb} `{name}`, and this roll-out creates nothing.", "Remove this step, or do it by a plan of its own and by hand: only what a roll-out created may go."),
            1 when _world.Attachments is not null || _plan.Rollback.Any(step => step.Work is Work.PromoteDatabase promote && DatabaseNames.Same(promote.Database, name)) => null,
            1 => ($"This {verb} `{name}`, and nothing says that this is what line {_created[0].Line} creates.", $"Promote it by the same name in the rollback strategy: `heroku pg:promote {name}`."),
            _ => ($"This {verb} `{name}`, and it isn't clear which of the {_created.Length} databases of this roll-out that is.", "Create one rollback database a roll-out."),
        };
    }

    /// <summary>The name that the rest of the plan has for the rollback database, where it has one.</summary>
    private string InsteadOf(string name)
    {
        if (_created.Length == 0)
        {
            return "Remove this step: only what a roll-out created may go.";
        }

        var own = _plan.Rollback.Select(step => (step.Work as Work.PromoteDatabase)?.Database).FirstOrDefault(promoted => promoted is not null && !IsSame(promoted, name) && Find(promoted) is null);
        return own is null
            ? $"Name the rollback database that line {_created[0].Line} creates, such as `HEROKU_POSTGRESQL_SILVER`: only what this roll-out created may go."
            : $"Write `{own}`, the rollback database that line {_created[0].Line} creates and the rollback strategy promotes: only what this roll-out created may go.";
    }

    private IEnumerable<PlanProblem> Promoted(PlannedStep step)
    {
        if (step.Work is not Work.PromoteDatabase { Database: var name })
        {
            yield break;
        }

        var known = Find(name);
        var isRollback = _plan.Rollback.Contains(step);
        if (isRollback && IsStillPrimary(name, known))
        {
            yield return PlanLint.At(step, $"This promotes `{name}`, which is the primary all the time.", "Name the rollback database, such as `HEROKU_POSTGRESQL_SILVER`, or remove this step.");
        }
        else if (known is null && _created.Length == 0)
        {
            yield return PlanLint.At(step, $"This promotes `{name}`, and the roll-out creates no database{(_world.NamesOfDatabases is { } names ? $", nor has the app one of that name: {names}" : "")}.",
                "Create it in the backuping steps: `heroku addons:create heroku-postgresql:standard-0 --rollback DATABASE_URL --to now`.", _world.Attachments is null && !isRollback ? PlanSeverity.Warning : PlanSeverity.Error);
        }
        else if (known is null && !isRollback && !_created.Any(created => Precedes(created, step)))
        {
            yield return PlanLint.At(step, $"This promotes `{name}` before line {_created[0].Line} creates it.", "Move it behind the step that creates it.");
        }
    }

    /// <summary>The source of the rollback database is taken for the primary where nobody knows better.</summary>
    private bool IsStillPrimary(string name, KnownAttachment? known) =>
        !_plan.Deployment.Any(step => step.Work is Work.PromoteDatabase)
        && (known?.IsPrimary ?? (DatabaseNames.Normal(name) == "DATABASE" || _created.Any(step => step.Work is Work.CreateRollbackDatabase create && IsSame(create.Source, name))));

    /// <summary>One database is created, and the steps have two names for it.</summary>
    private IEnumerable<PlanProblem> TwoNames()
    {
        if (_created.Length != 1)
        {
            return [];
        }

        (PlannedStep Step, string Name)[] named =
        [
            .. from step in _plan.Steps
               let name = step.Work switch { Work.PromoteDatabase promote => promote.Database, Work.DestroyAddon destroy => destroy.Addon, _ => null }
               where name is not null && Find(name) is null && !IsSame(((Work.CreateRollbackDatabase)_created[0].Work).Source, name) && DatabaseNames.Normal(name) != "DATABASE"
               select (step, name),
        ];
        return named.Skip(1).Where(other => !DatabaseNames.Same(other.Name, named[0].Name)).Select(other =>
            PlanLint.At(other.Step, $"This names `{other.Name}`, and line {named[0].Step.Line} names `{named[0].Name}`: the roll-out creates one database.", $"Write the same name in both places: which one it is turns out when line {_created[0].Line} runs."));
    }

    private bool Precedes(PlannedStep first, PlannedStep second)
    {
        PlannedStep[] order = [.. _plan.RollOut, .. _plan.Verification, .. _plan.Rollback];
        return Array.IndexOf(order, first) < Array.IndexOf(order, second);
    }

    private KnownAttachment? Find(string name) => _world.FindDatabase(name);

    /// <summary>Whether two names mean one add-on.</summary>
    private bool IsSame(string one, string other) => DatabaseNames.Same(one, other) || (Find(one) is { } known && Find(other)?.Addon == known.Addon);
}
