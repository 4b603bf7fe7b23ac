using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// Which databases were an app's primary in the course of a roll-out, by what it found and what its journal says was promoted.
/// </summary>
internal sealed class Primaries(RunState state, AppState found)
{
    private const string Promotion = "promote:";

    /// <summary>Whether the release phase of the roll-out's code, or a command of its plan, may have met this database.</summary>
    public bool MayHaveMigrated(string addon)
    {
        IReadOnlyList<string?> primary = [found.Primary];
        var migrates = false;
        foreach (var step in state.Steps)
        {
            primary = After(step, primary);
            migrates |= step.Name == ReleaseCommit.StepName || step.Name.StartsWith(StepFactory.RunPrefix, StringComparison.Ordinal);
            if (migrates && primary.Contains(addon))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the last promotion took the place of; null where nothing was promoted.</summary>
    public string? BeforeTheLast => Promotions.LastOrDefault()?.BeforeAs<PromoteDatabase.Before>().Primary;

    /// <summary>When a database was last made the primary by the roll-out; null where it wasn't.</summary>
    public DateTimeOffset? PromotedAt(string addon) => Promotions.LastOrDefault(step => Wanted(step) == addon)?.StartedAt;

    /// <summary>Which add-on <c>DATABASE</c> may stand for now; null for none, where a promotion was cut in half.</summary>
    public IReadOnlyList<string?> Now =>
        state.Steps.Aggregate<StepRecord, IReadOnlyList<string?>>([found.Primary], (primary, step) => After(step, primary));

    private IEnumerable<StepRecord> Promotions => state.Steps.Where(IsPromotion);

    private static bool IsPromotion(StepRecord step) => step.Name.StartsWith(Promotion, StringComparison.Ordinal);

    private static IReadOnlyList<string?> After(StepRecord step, IReadOnlyList<string?> primary) =>
        !IsPromotion(step) ? primary : step.IsFinished ? [Wanted(step)] : [.. primary, Wanted(step), null];

    private static string Wanted(StepRecord step) => step.BeforeAs<PromoteDatabase.Before>().Wanted;
}
