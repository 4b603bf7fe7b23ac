using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Writing;

/// <summary>Asks a person for what neither arguments nor the description give.</summary>
internal sealed class Interview(ITerminal terminal, Action<string> say)
{
    private const int Attempts = 3;

    public async Task<string> TitleAsync(CancellationToken ct) =>
        await AnswerAsync("--title", "What is the pull request called?", mayBeNone: false, manyLines: false, ct);

    public async Task<IReadOnlyDictionary<PlanPart, string>> PartsAsync(IEnumerable<Section> sections, CancellationToken ct)
    {
        var answers = new Dictionary<PlanPart, string>();
        foreach (var section in sections)
        {
            answers[section.Part] = await AnswerAsync($"--{section.Argument}", $"{section.Label}: {section.Question}", section.MayBeNone, manyLines: section.Part != PlanPart.OriginalIssue, ct);
        }

        return answers;
    }

    private async Task<string> AnswerAsync(string argument, string question, bool mayBeNone, bool manyLines, CancellationToken ct)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            say($"{question}{(manyLines ? " An empty line ends the answer" : "")}{(mayBeNone ? "; at once, it means None." : manyLines ? "." : "")}");
            var lines = await LinesAsync(manyLines, ct);
            if (lines.Count > 0 || mayBeNone)
            {
                return lines.Count > 0 ? string.Join('\n', lines) : "None";
            }
        }

        throw new RefusedException($"{argument}: not answered. Nothing was changed.");
    }

    private async Task<List<string>> LinesAsync(bool many, CancellationToken ct)
    {
        var lines = new List<string>();
        while ((many || lines.Count == 0) && await terminal.ReadLineAsync(ct) is { } line && !string.IsNullOrWhiteSpace(line))
        {
            lines.Add(line);
        }

        return lines;
    }
}
