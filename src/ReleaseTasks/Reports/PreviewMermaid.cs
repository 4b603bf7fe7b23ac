using System.Globalization;
using System.Text;

namespace ReleaseTasks.Reports;

/// <summary>A preview as a Mermaid flowchart, which GitHub draws in a fence called <c>mermaid</c>.</summary>
internal static class PreviewMermaid
{
    private const int LongestLabel = 80;

    /// <param name="preview">What is drawn.</param>
    /// <param name="clean">Each text passes through it, before what a label can't hold is escaped.</param>
    public static string Write(Preview preview, Func<string, string> clean)
    {
        var graph = new StringBuilder("flowchart TD\n");
        graph.Append(CultureInfo.InvariantCulture, $"  gates{{{{\"{GatesOf(preview)}\"}}}}:::{(preview.WouldBegin ? "done" : "closed")}\n");
        var steps = preview.Steps.Select((step, index) => (Id: $"s{index + 1}", Step: step)).ToList();
        foreach (var station in steps.GroupBy(numbered => numbered.Step.Station))
        {
            graph.Append(CultureInfo.InvariantCulture, $"  subgraph {station.Key?.ToString() ?? "Cleanup"}\n");
            foreach (var (id, step) in station)
            {
                graph.Append(CultureInfo.InvariantCulture, $"    {id}[\"{Label(clean(step.Title))}\"]:::{ClassOf(step)}\n");
            }

            graph.Append("  end\n");
        }

        var before = "gates";
        foreach (var (id, step) in steps)
        {
            graph.Append(CultureInfo.InvariantCulture, $"  {before} {(step.Station is null ? "-.->" : "-->")} {id}\n");
            before = id;
        }

        return graph
            .Append("  classDef done fill:#dafbe1,stroke:#1a7f37,color:#1f2328\n")
            .Append("  classDef begun fill:#fff8c5,stroke:#9a6700,color:#1f2328\n")
            .Append("  classDef open fill:#ddf4ff,stroke:#0969da,color:#1f2328\n")
            .Append("  classDef later fill:#f6f8fa,stroke:#59636e,color:#1f2328,stroke-dasharray:4\n")
            .Append("  classDef closed fill:#ffebe9,stroke:#d1242f,color:#1f2328\n")
            .ToString();
    }

    private static string GatesOf(Preview preview) => preview switch
    {
        { Refusals.Count: > 0 } => "Deploy would be refused",
        { Gates.Count: 0 } => "no gates",
        _ when preview.Gates.Count(gate => !gate.IsOpen) is > 0 and var closed => $"{closed} of {preview.Gates.Count} gates are closed",
        _ => $"{preview.Gates.Count} gates are open",
    };

    private static string ClassOf(PreviewedStep step) => step switch
    {
        { Station: null } => "later",
        { State: PreviewedState.Done } => "done",
        { State: PreviewedState.Begun } => "begun",
        _ => "open",
    };

    /// <summary>The author's words in a quoted label, where these characters would end it or mean something.</summary>
    private static string Label(string title)
    {
        var text = title.Length <= LongestLabel ? title : $"{title[..LongestLabel].TrimEnd()}…";
        var label = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' or '#' or '<' or '>' or '&' or '`' or '\\' or ';' => label.Append(CultureInfo.InvariantCulture, $"#{rune.Value};"),
                _ when Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format => label.Append(' '),
                _ => label.Append(rune.ToString()),
            };
        }

        return label.ToString();
    }
}
