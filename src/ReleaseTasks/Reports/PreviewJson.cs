using System.Text.Json;

namespace ReleaseTasks.Reports;

/// <summary>A preview for machines. The schema is <c>docs/preview.schema.json</c>.</summary>
internal static class PreviewJson
{
    public static string Write(Preview preview) => JsonSerializer.Serialize(
        new
        {
            preview.Rollout,
            preview.Source,
            preview.WouldBegin,
            preview.Refusals,
            Gates = preview.Gates.Select(Gate),
            ExpectedSeconds = preview.Expected.TotalSeconds,
            Window = Gate(preview.Window),
            Steps = preview.Steps.Select(step => new
            {
                Station = step.Station?.ToString() ?? "Cleanup",
                step.Name,
                step.Title,
                step.Effect,
                State = step.State.ToString().ToLowerInvariant(),
            }),
            preview.Beside,
        },
        ForMachines.Json);

    private static object Gate(PreviewedGate gate) => new { Open = gate.IsOpen, gate.Text };
}
