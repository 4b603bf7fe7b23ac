using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans.Linting;

/// <summary>Every change has its way back, and every way back its change.</summary>
internal static class ReversalRules
{
    public static IEnumerable<PlanProblem> Check(RolloutPlan plan) => [.. Uncovered(plan), .. NeverDone(plan)];

    private static IEnumerable<PlanProblem> Uncovered(RolloutPlan plan) =>
        plan.RollOut.Where(step => !IsCovered(step.Work, plan)).Select(step => PlanLint.At(step, "This can't be undone: no step of the rollback strategy covers it.", WayBack(step.Work)));

    private static bool IsCovered(Work work, RolloutPlan plan)
    {
        bool Any<T>(Func<T, bool>? which = null)
            where T : Work => plan.Rollback.Any(step => step.Work is T found && (which is null || which(found)));

        return work switch
        {
            Work.Deploy or Work.MergePullRequest => Any<Work.RollBackRelease>() || Any<Work.Deploy>() || Any<Work.Manual>(),
            Work.SetConfigVar or Work.UnsetConfigVar => Any<Work.RollBackRelease>() || plan.Rollback.Any(step => step.Work.ChangedVar == work.ChangedVar),
            Work.AlembicUpgrade => Any<Work.AlembicDowngrade>() || (Any<Work.PromoteDatabase>() && plan.RollOut.Any(step => step.Work is Work.CreateRollbackDatabase)),
            Work.AlembicDowngrade => Any<Work.AlembicUpgrade>() || Any<Work.PromoteDatabase>(),
            Work.PromoteDatabase => Any<Work.PromoteDatabase>(),
            Work.RunCommand => Any<Work.RunCommand>() || Any<Work.Manual>() || Any<Work.PromoteDatabase>(),
            _ => true,
        };
    }

    private static string WayBack(Work work) => work switch
    {
        { ChangedVar: { } name } =>
            $"Add `heroku config:get {name} > {name}.old` to the backuping steps and `heroku config:set {name}=$(< {name}.old)` to the rollback strategy.",
        Work.AlembicUpgrade => "Add `heroku run alembic downgrade -1` to the rollback strategy, or create a rollback database beforehand and promote it there.",
        Work.AlembicDowngrade => "Add `heroku run alembic upgrade head` to the rollback strategy.",
        Work.PromoteDatabase => "Add `heroku pg:promote` of the database that is the primary now to the rollback strategy.",
        Work.RunCommand => "Add to the rollback strategy what undoes it, by a command or by hand.",
        _ => "Add `heroku rollback vXX` to the rollback strategy.",
    };

    private static IEnumerable<PlanProblem> NeverDone(RolloutPlan plan) =>
        from step in plan.Rollback
        let missing = Missing(step.Work, plan)
        where missing is not null
        select PlanLint.At(step, $"This undoes what the roll-out never does: {missing.Value.What}.", missing.Value.Instead);

    private static (string What, string Instead)? Missing(Work work, RolloutPlan plan)
    {
        bool Any(Func<Work, bool> which) => plan.RollOut.Any(step => which(step.Work));

        return work switch
        {
            Work.RestoreConfigVar { Name: var name } when !Any(done => done is Work.BackUpConfigVar saved && saved.Name == name) =>
                ($"{name} isn't backed up", $"Add `heroku config:get {name} > {name}.old` to the backuping steps, or remove this step."),
            Work.SetConfigVar { Name: var name } when !Changes(name) => ($"{name} isn't changed", "Remove this step, or add the change to the deployment steps."),
            Work.UnsetConfigVar { Name: var name } when !Changes(name) => ($"{name} isn't set", "Remove this step, or add the change to the deployment steps."),
            Work.AlembicDowngrade when !Any(done => done is Work.AlembicUpgrade or Work.Deploy or Work.MergePullRequest) =>
                ("nothing is migrated", "Remove this step, or add the migration to the deployment steps."),
            Work.RollBackRelease when !Any(done => done is Work.Deploy or Work.MergePullRequest or Work.SetConfigVar or Work.UnsetConfigVar or Work.PromoteDatabase) && plan.Deployment.Count > 0 && !Any(done => done is Work.Manual or Work.RunProjectTask or Work.RunCommand) =>
                ("nothing is released", "Remove this step, or add `Merge PR into master` to the deployment steps."),
            Work.Scale { ProcessType: var type } when !Any(done => done is Work.Scale scaled && scaled.ProcessType == type) && !IsScaledBefore(type) =>
                ($"{type} isn't scaled", "Remove this step, or add the change to the deployment steps."),
            _ => null,
        };

        bool Changes(string name) => Any(done => done.ChangedVar == name || (done is Work.BackUpConfigVar saved && saved.Name == name))
            || plan.Facts.BackingServices.Any(fact => Name(name).IsMatch(fact));

        // A rollback may stop the workers for its own time and start them again.
        bool IsScaledBefore(string type) => plan.Rollback.Count(step => step.Work is Work.Scale scale && scale.ProcessType == type) > 1 || work is Work.Scale { Quantity: 0 };
    }

    private static Regex Name(string name) => new($@"\b{Regex.Escape(name)}\b", RegexOptions.CultureInvariant);
}
