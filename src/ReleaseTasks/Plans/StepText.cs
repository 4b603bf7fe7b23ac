using System.Text.RegularExpressions;
using ReleaseTasks.Plans.Commands;

namespace ReleaseTasks.Plans;

/// <summary>A step as it was written, before anybody knows what it asks for.</summary>
/// <param name="Part">Where in the plan it stands.</param>
/// <param name="Words">The author's words, commands included.</param>
/// <param name="Commands">The commands in it, from back-ticks, fences and prompts, without the prompt. Never to be run as text.</param>
public sealed partial record StepText(PlanPart Part, string Words, ValueList<string> Commands)
{
    /// <summary>The words without commands and markup, in one line.</summary>
    public string Prose => field ??= ProseOf(Words);

    /// <summary>Reads a step's words.</summary>
    public static StepText Of(PlanPart part, string words) => new(part, words, [.. CommandsIn(words)]);

    internal static Uri? WebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 ? url : null;

    private static List<string> CommandsIn(string words)
    {
        var commands = new List<string>();
        foreach (var (text, isFence) in Pieces(words))
        {
            commands.AddRange(isFence ? InFence(text) : InParagraph(text));
        }

        return commands;
    }

    private static IEnumerable<string> InParagraph(string text)
    {
        var spans = CodeSpans.In(text).ToArray();
        string[] commands = [.. spans.Select(span => span.Code).Where(CommandText.IsCommand)];
        return commands.Length > 0
            ? commands.Select(CommandText.WithoutPrompt)
            : BareLines(text, spans).Where(CommandText.IsBareCommand).Select(CommandText.WithoutPrompt);
    }

    /// <summary>The lines outside of code spans; a line with a span in it can't be a command of its own.</summary>
    private static IEnumerable<string> BareLines(string text, IEnumerable<(int Start, int End, string Code)> spans)
    {
        var bare = text.ToCharArray();
        foreach (var (start, end, _) in spans)
        {
            bare.AsSpan(start..end).Fill('\uFFFC');
        }

        return new string(bare).Split('\n').Select(line => line.Trim());
    }

    /// <summary>With prompts, the rest of a fenced block is output; without, each line is a command.</summary>
    private static IEnumerable<string> InFence(string text)
    {
        string[] lines = [.. text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        var prompts = lines.Where(line => line.StartsWith("$ ", StringComparison.Ordinal)).ToArray();
        return (prompts.Length > 0 ? prompts : lines).Select(CommandText.WithoutPrompt);
    }

    private static string ProseOf(string words)
    {
        var prose = new List<string>();
        foreach (var (text, _) in Pieces(words).Where(piece => !piece.IsFence))
        {
            var at = 0;
            var kept = new System.Text.StringBuilder();
            foreach (var (start, end, code) in CodeSpans.In(text))
            {
                kept.Append(text, at, start - at).Append(CommandText.IsCommand(code) ? "" : code);
                at = end;
            }

            kept.Append(text, at, text.Length - at);
            prose.AddRange(kept.ToString().Split('\n').Where(line => !CommandText.IsBareCommand(line.Trim())));
        }

        return Ornament().Replace(Blanks().Replace(Emphasis().Replace(string.Join(' ', prose), ""), " "), "").Trim().TrimEnd(':', '.', ',', ';', '!', ' ');
    }

    /// <summary>A step's words in pieces: what stands in a fence, and what doesn't.</summary>
    private static IEnumerable<(string Text, bool IsFence)> Pieces(string words)
    {
        var piece = new List<string>();
        string? fence = null;
        foreach (var line in words.Split('\n'))
        {
            var run = Fence().Match(line) is { Success: true } match ? match.Groups[1].Value : null;
            var opens = fence is null && run is not null;
            var closes = fence is not null && run is not null && run[0] == fence[0] && run.Length >= fence.Length;
            if (!opens && !closes)
            {
                piece.Add(line);
                continue;
            }

            yield return (string.Join('\n', piece), IsFence: closes);
            piece.Clear();
            fence = opens ? run : null;
        }

        yield return (string.Join('\n', piece), fence is not null);
    }

    [GeneratedRegex(@"^[ \t]*(`{3,}|~{3,})")]
    private static partial Regex Fence();

    /// <summary>Emoji around a sentence say nothing; those that cross it out do.</summary>
    [GeneratedRegex(@"^(?!.*[\u274C\u26D4\u2716\u2717\u2718\u26A0]|.*\uD83D[\uDEAB\uDED1])[\p{So}\p{Sk}\p{Cs}\uFE0F\u200D\s]+|[\p{So}\p{Sk}\p{Cs}\uFE0F\u200D\s]+$")]
    private static partial Regex Ornament();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)")]
    private static partial Regex Emphasis();
}
