using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// How the app must stand if nobody but this roll-out has changed it: as it was found, plus what the journal says was done. A step that was
/// begun and not seen to be done may have had its effect or not: both are right.
/// </summary>
internal sealed class Footprint(RunState state, AppState found)
{
    public const string ScalePrefix = "scale:";

    /// <summary>What maintenance may be.</summary>
    public IReadOnlyList<bool> Maintenance => Fold(
        found.Maintenance, state.Steps.Where(step => step.Name is SetMaintenance.OnStep or SetMaintenance.OffStep), step => step.Name == SetMaintenance.OnStep);

    /// <summary>How many dynos of a process type there may be.</summary>
    public IReadOnlyList<int> Quantity(string type) => Fold(
        found.Formation.GetValueOrDefault(type),
        Scalings.Where(step => step.BeforeAs<ScaleDynos.Before>().Wanted.ContainsKey(type)),
        step => step.BeforeAs<ScaleDynos.Before>().Wanted[type]);

    /// <summary>Which add-on <c>DATABASE</c> may stand for.</summary>
    public IReadOnlyList<string?> Primary => new Primaries(state, found).Now;

    /// <summary>The hashes that a config var may have; null where it may not be set.</summary>
    public IReadOnlyList<string?> ConfigVar(string name) => Fold(
        found.ConfigVars.GetValueOrDefault(name),
        state.Steps.Where(step => ConfigVarOriginals.IsChange(step) && step.BeforeAs<ChangeConfigVars.Before>().Wanted.ContainsKey(name)),
        step => step.BeforeAs<ChangeConfigVars.Before>().Wanted[name]);

    /// <summary>The process types that it scaled.</summary>
    public IEnumerable<string> Scaled => Scalings.SelectMany(step => step.BeforeAs<ScaleDynos.Before>().Quantities.Keys).Distinct();

    private IEnumerable<StepRecord> Scalings => state.Steps.Where(step => step.Name.StartsWith(ScalePrefix, StringComparison.Ordinal));

    private static List<T> Fold<T>(T start, IEnumerable<StepRecord> steps, Func<StepRecord, T> effect) =>
        steps.Aggregate(new List<T> { start }, (may, step) => step.IsFinished ? [effect(step)] : [.. may, effect(step)]);
}
