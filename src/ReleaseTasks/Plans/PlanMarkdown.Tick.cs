using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

public static partial class PlanMarkdown
{
    private const int LongestNote = 300;

    /// <summary>
    /// Ticks a step's box in the newest body and notes behind its line when and where it happened. Nothing else changes, line endings included. A step that was
    /// reworded, or that stands there twice, is left alone. Ticking it again changes nothing.
    /// </summary>
    /// <param name="body">The description as it is now, which may not be the one that <paramref name="step"/> was read from.</param>
    /// <param name="step">Of a line that asks for several things, only the last one's turn ticks the box.</param>
    /// <param name="note">Time and link, one line of Markdown.</param>
    public static TickedBody Tick(string body, PlannedStep step, string note)
    {
        if (step.Part < step.Parts)
        {
            return new(body);
        }

        var (box, reason) = BoxOf(body, step);
        if (box is null)
        {
            return new(body, reason);
        }

        var ticked = body[box.Mark] == ' ' ? $"{body[..box.Mark]}x{body[(box.Mark + 1)..]}" : body;
        var line = OneLine(note);
        return line.Length == 0 || box.HasNote || ticked.Length + line.Length + 32 > PlanDocument.MaxLength
            ? new(ticked)
            : new($"{ticked[..box.LineEnd]} {SourceText.NoteStart}{line}{SourceText.NoteEnd}{ticked[box.LineEnd..]}");
    }

    /// <summary>
    /// Empties a step's box, and takes the note away that <see cref="Tick"/> left behind it. A step that can't be found for certain is
    /// left alone.
    /// </summary>
    public static string Untick(string body, PlannedStep step)
    {
        return BoxOf(body, step).Box is { } box
            ? $"{body[..box.Mark]} {Notes().Replace(body[(box.Mark + 1)..box.LineEnd], "")}{body[box.LineEnd..]}"
            : body;
    }

    /// <summary>Whether a step's box is ticked in the newest body; null where the step can't be found there for certain.</summary>
    public static bool? IsTicked(string body, PlannedStep step) => BoxOf(body, step).Box is { } box ? body[box.Mark] != ' ' : null;

    private static (TaskBox.Place? Box, string? Reason) BoxOf(string body, PlannedStep step)
    {
        if (body.Length > PlanDocument.MaxLength || Walk(body, []) is not { } walk)
        {
            return (null, "The description can't be read any more.");
        }

        PlannedStep[] found = [.. walk.Reading().Draft.Steps.Where(other => other.Part == 1 && SameWords(other.Words, step.Words))];
        return found switch
        {
            [] => (null, $"“{step.Title}” isn't in the description any more, or reads otherwise."),
            [var one] when walk.BoxOf(one) is { } box => (box, null),
            [_] => (null, $"“{step.Title}” has no box on GitHub."),
            _ => (null, $"“{step.Title}” stands {found.Length} times in the description."),
        };
    }

    private static bool SameWords(string one, string other) => Blanks().Replace(one, " ") == Blanks().Replace(other, " ");

    private static string OneLine(string note)
    {
        var line = NotInNotes().Replace(Blanks().Replace(note, " "), "").Trim();
        return line.Length <= LongestNote ? line : line[..LongestNote];
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex($" ?{SourceText.NoteStart}.*?{SourceText.NoteEnd}")]
    private static partial Regex Notes();

    [GeneratedRegex(@"[`<>\p{C}]")]
    private static partial Regex NotInNotes();
}
