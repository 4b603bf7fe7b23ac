using System.Text.Json;

namespace ReleaseTasks.Journals;

/// <summary>A journal as text: whole lines, one JSON object each.</summary>
internal static class JournalText
{
    /// <param name="text">Whole lines.</param>
    /// <param name="where">For problems: the file's path, or the ref's name.</param>
    /// <exception cref="JournalException">A line isn't ours, or of a newer version.</exception>
    public static List<JournalLine> Parse(string text, string where) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, index) => ParseLine(line, $"{where}:{index + 1}"))];

    /// <summary>Of a journal and its copy the one that tells more, where it begins like the other.</summary>
    /// <exception cref="JournalException">They tell different stories.</exception>
    public static string Longer(string local, string copy, string path, string reference) =>
        local.StartsWith(copy, StringComparison.Ordinal) ? local
        : copy.StartsWith(local, StringComparison.Ordinal) ? copy
        : throw new JournalException(
            $"{path} and its copy on GitHub, {reference}, differ from line {CommonLines(local, copy) + 1} on: the roll-out went on here and elsewhere. Nothing was changed. " +
            $"Compare them (git fetch origin {reference} && git show -s --format=%B FETCH_HEAD). To go on from the copy, move the file away; to go on from the file, delete the ref.");

    private static int CommonLines(string one, string other) => one.Split('\n').Zip(other.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count();

    private static JournalLine ParseLine(string text, string where)
    {
        try
        {
            var line = JsonSerializer.Deserialize<JournalLine>(text, JournalFormat.Options) ?? throw new JsonException("the line holds null");
            return line.V <= JournalLine.Version
                ? line
                : throw new JournalException($"{where}: written by a newer version (format {line.V}; this program knows {JournalLine.Version}). Nothing was changed. Update ReleaseTasks.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new JournalException($"{where}: not a line of a release journal: {e.Message} Nothing was changed. Move the file away if it isn't ours.", e);
        }
    }
}
