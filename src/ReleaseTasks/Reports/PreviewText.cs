using ReleaseTasks.Running;

namespace ReleaseTasks.Reports;

/// <summary>A preview for people, line by line.</summary>
internal static class PreviewText
{
    public static IEnumerable<string> Lines(Preview preview) =>
    [
        .. preview.Gates.Select(gate => $"  {(gate.IsOpen ? "ok" : "!!")} {gate.Text}"),
        .. preview.Steps.GroupBy(step => step.Station).SelectMany(Station),
        $"Expected to take {Durations.Words(preview.Expected)}: {preview.Window.Text}",
        .. preview.Beside,
        .. preview.Refusals.Select(refusal => $"  !! {refusal}"),
        Verdict(preview),
    ];

    private static IEnumerable<string> Station(IGrouping<Station?, PreviewedStep> steps) =>
        [steps.Key?.ToString() ?? "Cleanup, later", .. steps.Select(step => $"  {Mark(step.State)} {step.Title}: {step.Effect}")];

    private static string Mark(PreviewedState state) => state switch
    {
        PreviewedState.Done => "ok",
        PreviewedState.Begun => "..",
        _ => "- ",
    };

    private static string Verdict(Preview preview) => preview switch
    {
        { Refusals.Count: > 0 } => "Deploy would be refused.",
        { WouldBegin: false } => $"Deploy would be refused: {preview.Gates.Count(gate => !gate.IsOpen)} of {preview.Gates.Count} gates are closed.",
        _ when preview.Steps.All(step => step.State == PreviewedState.Done || step.Station is null) => "Deploy would do nothing: all of it is done.",
        _ => "Deploy would carry this out.",
    };
}
