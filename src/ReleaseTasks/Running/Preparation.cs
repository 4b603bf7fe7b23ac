using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// What a roll-out does before its merge: it looks, backs up, makes a rollback database, tells users, asks people. Visitors see none of it, so as long
/// as nothing else was begun and the merge wasn't read back, another head begins the roll-out anew, with what is prepared already; people are asked again.
/// </summary>
/// <param name="Kept">The steps that stay as the journal has them: what was found, above all, and what was made.</param>
/// <param name="Outdated">A rollback database that was made by an earlier description, where the plan now wants another; null where it doesn't.</param>
internal sealed record Preparation(IReadOnlyList<string> Kept, string? Outdated)
{
    /// <summary>Whether nothing but preparation was begun, a merge that wasn't read back aside.</summary>
    public static bool IsAll(RunState state) => state is { Rollback: null, IsFinished: false } && state.Steps.All(step => Is(step) || IsOpenMerge(step));

    public static bool Is(StepRecord step) => Is(step.Name, step.OnlyReads);

    public static bool Is(IStep step) => Is(step.Name, step.OnlyReads);

    /// <summary>What a new beginning with the plan of now takes over from the roll-out as it was prepared.</summary>
    /// <param name="before">The plan that it was prepared by; null where this version can't read it.</param>
    public static Preparation For(RunState state, RolloutPlan? before, RolloutPlan? now)
    {
        var isSame = before is not null && now is not null && Wanted(before).SequenceEqual(Wanted(now));
        var made = state.Steps.FirstOrDefault(IsRollbackDatabase)?.BeforeAs<CreateRollbackDatabase.Before>().Name;
        var wantsOther = now is not null && RollbackDatabases(now).Any() && (before is null || !RollbackDatabases(before).SequenceEqual(RollbackDatabases(now)));
        return new(
            [.. state.Steps.Where(step => !IsOpenMerge(step) && (IsRollbackDatabase(step) ? !wantsOther : isSame || step.OnlyReads)).Select(step => step.Name)],
            wantsOther ? made : null);
    }

    private static bool Is(string name, bool onlyReads) =>
        onlyReads
        || new[] { BackUpDatabase.StepName, CreateRollbackDatabase.StepName, NotifyUsers.StepName }.Contains(name.Split('#')[0])
        || name.StartsWith(StepFactory.ByHandPrefix, StringComparison.Ordinal);

    private static bool IsOpenMerge(StepRecord step) => step is { Name: MergePullRequest.StepName, IsFinished: false };

    private static bool IsRollbackDatabase(StepRecord step) => step.Name.Split('#')[0] == CreateRollbackDatabase.StepName;

    /// <summary>Backups and notifications: what they leave behind costs nothing, so where the plan says something else of them they are done again.</summary>
    private static IEnumerable<Work> Wanted(RolloutPlan plan) => plan.RollOut.Select(step => step.Work).Where(work => work is Work.BackUpDatabase or Work.NotifyUsers);

    /// <summary>With the names that the plan has for them: they become their attachments.</summary>
    private static IEnumerable<(Work Work, string? Name)> RollbackDatabases(RolloutPlan plan) =>
        plan.RollOut.Select(step => step.Work).OfType<Work.CreateRollbackDatabase>().Select(create => ((Work)create, StepFactory.NamedByPlan(plan, create.Source)));
}
