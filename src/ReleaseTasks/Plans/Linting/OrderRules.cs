namespace ReleaseTasks.Plans.Linting;

/// <summary>Steps that stand in the wrong order, say two things at once, or are about something else.</summary>
internal static class OrderRules
{
    public static IEnumerable<PlanProblem> Check(RolloutPlan plan, PlanWorld world) =>
    [
        .. Merge(plan, world),
        .. Maintenance(plan),
        .. BackupsAfterTheChange(plan),
        .. Contradictions(plan),
        .. Overtaking(plan, world),
        .. UnknownTasks(plan, world),
        .. OtherApps(plan, world),
        .. Placeholders(plan),
    ];

    /// <summary>Whether a step brings the new code, and with it the migration of its release phase.</summary>
    public static bool BringsTheRelease(PlannedStep step) => step.Work is Work.Deploy or Work.MergePullRequest or Work.AlembicUpgrade;

    private static IEnumerable<PlanProblem> Merge(RolloutPlan plan, PlanWorld world)
    {
        PlannedStep[] rollOut = [.. plan.RollOut];
        PlannedStep[] merges = [.. rollOut.Where(step => step.Work is Work.MergePullRequest)];
        if (rollOut.FirstOrDefault(step => step.Work is Work.Deploy) is { } deploy)
        {
            if (merges.Length == 0)
            {
                yield return PlanLint.At(deploy, "This deploys, and no step before it merges the pull request.", "Put `1. [ ] Merge PR into master` before it: what is released is the merge commit.");
            }
            else if (Array.IndexOf(rollOut, deploy) < Array.IndexOf(rollOut, merges[0]))
            {
                yield return PlanLint.At(deploy, "This deploys before the pull request is merged.", "Move it behind the merge: what is released is the merge commit.");
            }
        }

        foreach (var merge in merges.Where(merge => merge.Work is Work.MergePullRequest { Number: { } number } && world.PullRequest is { } own && number != own))
        {
            yield return PlanLint.At(merge, $"This merges #{((Work.MergePullRequest)merge.Work).Number}, and this plan is #{world.PullRequest}'s.", "Write `Merge PR into master`, and merge the other one by its own plan.");
        }
    }

    private static IEnumerable<PlanProblem> Maintenance(RolloutPlan plan)
    {
        PlannedStep? on = null;
        foreach (var step in plan.RollOut)
        {
            if (step.Work is Work.MaintenanceOn && on is not null)
            {
                yield return PlanLint.At(step, $"Maintenance mode is on already, since line {on.Line}.", "Remove one of the two steps.", PlanSeverity.Warning);
            }
            else if (step.Work is Work.MaintenanceOff && on is null)
            {
                yield return PlanLint.At(step, "Maintenance mode is switched off here, and no step before it switches it on.", "Put ``Set application into maintenance mode: `heroku maintenance:on` `` before it, or remove this step.");
            }

            on = step.Work switch
            {
                Work.MaintenanceOn => on ?? step,
                Work.MaintenanceOff => null,
                _ => on,
            };
        }

        if (on is not null)
        {
            yield return PlanLint.At(on, "Maintenance mode is switched on and never off again: the app would stay closed.", "Add ``Disable maintenance mode: `heroku maintenance:off` `` at the end of the deployment steps.");
        }
    }

    private static IEnumerable<PlanProblem> BackupsAfterTheChange(RolloutPlan plan)
    {
        PlannedStep? release = null;
        var changed = new Dictionary<string, PlannedStep>(StringComparer.Ordinal);
        foreach (var step in plan.RollOut)
        {
            if (step.Work is Work.CreateRollbackDatabase or Work.BackUpDatabase && release is not null)
            {
                yield return PlanLint.At(step, $"This saves the database after the release of line {release.Line}, and that may have migrated it.", "Move it to the backuping steps.");
            }

            if (step.Work is Work.BackUpConfigVar { Name: var name } && changed.TryGetValue(name, out var change))
            {
                yield return PlanLint.At(step, $"This saves {name} after line {change.Line} has changed it.", "Move it to the backuping steps.");
            }

            release ??= BringsTheRelease(step) ? step : null;
            if (step.Work.ChangedVar is { } var)
            {
                changed.TryAdd(var, step);
            }
        }
    }

    /// <summary>Two steps of one part that want the same thing to be different, or to happen twice.</summary>
    private static IEnumerable<PlanProblem> Contradictions(RolloutPlan plan) =>
        from steps in new[] { plan.RollOut, plan.Rollback }
        from same in steps.Where(step => Subject(step.Work) is not null).GroupBy(step => Subject(step.Work))
        from step in same.Skip(1)
        let first = same.First()
        select first.Work == step.Work
            ? PlanLint.At(step, $"Line {first.Line} asks for this already.", "Keep one of the two steps.", PlanSeverity.Warning)
            : PlanLint.At(step, $"This contradicts line {first.Line}.", "Keep one of the two steps.");

    /// <summary>What a step decides, of which there can be only one decision.</summary>
    private static string? Subject(Work work) => work switch
    {
        { ChangedVar: { } name } => $"config var {name}",
        Work.BackUpConfigVar backUp => $"backup of {backUp.Name}",
        Work.CreateRollbackDatabase create => $"rollback of {DatabaseNames.Normal(create.Source)}",
        Work.MergePullRequest => "merge",
        Work.Deploy => "deploy",
        Work.PromoteDatabase => "primary",
        Work.RollBackRelease => "release",
        Work.DestroyAddon destroy => $"add-on {DatabaseNames.Normal(destroy.Addon)}",
        _ => null,
    };

    /// <summary>Steps that the order of the stations carries out before what stands above them.</summary>
    private static IEnumerable<PlanProblem> Overtaking(RolloutPlan plan, PlanWorld world)
    {
        if (world.CarriedOut is not { } carriedOut)
        {
            yield break;
        }

        var positions = carriedOut(plan).Where(step => step.Line > 0).Select((step, position) => (step, position)).ToDictionary(one => PlaceOf(one.step), one => one.position);
        PlannedStep[] written = [.. plan.RollOut.Where(step => positions.ContainsKey(PlaceOf(step)))];
        for (var i = 1; i < written.Length; i++)
        {
            var step = written[i];
            PlannedStep[] overtaken = [.. written.Take(i).Where(above => positions[PlaceOf(above)] > positions[PlaceOf(step)] && !(SavesOnly(above.Work) && SavesOnly(step.Work)))];
            if (overtaken.Length > 0)
            {
                yield return PlanLint.At(
                    step, $"This is done before line {overtaken[0].Line}, which stands above it: a roll-out backs up, notifies, merges, closes the app, deploys and opens it, in this order.",
                    $"Move it above line {overtaken[0].Line}.", overtaken.Append(step).All(one => PreparesOnly(one.Work)) ? PlanSeverity.Warning : PlanSeverity.Error);
            }
        }
    }

    private static (int Line, int Column, int Part) PlaceOf(PlannedStep step) => (step.Line, step.Column, step.Part);

    /// <summary>Which backup comes first makes no difference.</summary>
    private static bool SavesOnly(Work work) => work is Work.BackUpConfigVar or Work.BackUpDatabase or Work.CreateRollbackDatabase;

    /// <summary>Nothing of the app itself has changed by these.</summary>
    private static bool PreparesOnly(Work work) => SavesOnly(work) || work is Work.NotifyUsers or Work.MergePullRequest or Work.MaintenanceOn;

    private static IEnumerable<PlanProblem> UnknownTasks(RolloutPlan plan, PlanWorld world) =>
        from step in plan.Steps
        where step.Work is Work.RunProjectTask { Task: var task } && world.Tasks is { } tasks && !tasks.Contains(task, StringComparer.OrdinalIgnoreCase)
        select PlanLint.At(step, $"This runs the task {((Work.RunProjectTask)step.Work).Task}, which this program doesn't have.", world.Tasks is { Count: > 0 } ? $"It has {string.Join(", ", world.Tasks)}." : "Add it to the build project.");

    private static IEnumerable<PlanProblem> OtherApps(RolloutPlan plan, PlanWorld world)
    {
        var app = world.App ?? plan.Steps.Select(step => step.Work.App).FirstOrDefault(name => name is not null);
        return from step in plan.Steps
               where app is not null && step.Work.App is { } named && named != app
               select PlanLint.At(step, $"This step is about the app `{step.Work.App}`, and the plan about `{app}`.", $"Write `--app {app}`, and give `{step.Work.App}` a plan of its own.");
    }

    private static IEnumerable<PlanProblem> Placeholders(RolloutPlan plan) =>
        from step in plan.Steps
        let what = step.Work switch
        {
            Work.RollBackRelease { Version: null } => "The release is filled in when the roll-out begins: the one that is current then.",
            Work.CreateRollbackDatabase { To: null } => "The point in time is filled in when the step runs.",
            _ => null,
        }
        where what is not null
        select PlanLint.At(step, what, "", PlanSeverity.Note);
}
