using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Writing;

/// <summary>A place in the code for which its author needs advice: a comment tagged <c>???:</c> or <c>!!!:</c>.</summary>
/// <param name="Tag"><c>???</c> or <c>!!!</c>.</param>
/// <param name="Url">Its line at the head that was compared; null where GitHub names none.</param>
internal sealed partial record CodeQuestion(string Tag, string Text, string Path, int Line, Uri? Url)
{
    /// <summary>Those that the branch adds: what stood there before has been asked before.</summary>
    public static IReadOnlyList<CodeQuestion> In(IEnumerable<ChangedFile> files) => [.. files.SelectMany(In)];

    /// <summary>One line of Markdown, with a link to the line.</summary>
    public string Markdown => $"{Code($"{Tag}: {PlanSecrets.Masked(Text)}")} {(Url is null ? Place : $"([{Place}]({Url}))")}";

    private string Place => Code($"{Path}:{Line}");

    private static IEnumerable<CodeQuestion> In(ChangedFile file)
    {
        var line = 0;
        foreach (var text in (file.Patch ?? "").Split('\n'))
        {
            if (Hunk().Match(text) is { Success: true } hunk)
            {
                line = int.Parse(hunk.Groups["start"].ValueSpan, CultureInfo.InvariantCulture) - 1;
            }
            else if (text is ['+' or ' ', ..])
            {
                line++;
                if (text[0] == '+' && Tagged().Match(text) is { Success: true } tagged)
                {
                    yield return new(tagged.Groups["tag"].Value, tagged.Groups["text"].Value.Trim(), file.Path, line, file.Url is null ? null : new($"{file.Url}#L{line}"));
                }
            }
        }
    }

    /// <summary>It is code, and shown as such nothing in it is markup, mentions people or refers to issues.</summary>
    private static string Code(string text)
    {
        var fence = new string('`', BackTicks().Matches(text).Select(run => run.Length).DefaultIfEmpty(0).Max() + 1);
        return fence.Length == 1 ? $"`{text}`" : $"{fence} {text} {fence}";
    }

    [GeneratedRegex(@"^@@ -[0-9]+(,[0-9]+)? \+(?<start>[0-9]+)(,[0-9]+)? @@")]
    private static partial Regex Hunk();

    [GeneratedRegex(@"(#|//|--|/\*|<!--)\s*(?<tag>\?\?\?|!!!):\s*(?<text>\S.{0,300}?)\s*(\*/|-->)?\s*$")]
    private static partial Regex Tagged();

    [GeneratedRegex("`+")]
    private static partial Regex BackTicks();
}
