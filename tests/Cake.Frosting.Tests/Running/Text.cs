using System.Text.RegularExpressions;

namespace Cake.Frosting.Tests.Running;

internal static partial class Text
{
    /// <summary>What a person sees: no colours, no trailing spaces, no first and last empty lines, and always the same duration.</summary>
    public static string Tidy(object text)
    {
        var plain = Colours().Replace(text.ToString()!, string.Empty);
        var lines = Durations().Replace(plain, "00:00:00.0000000").ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', lines.Select(line => line.TrimEnd())).Trim('\n');
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colours();

    [GeneratedRegex(@"\d\d:\d\d:\d\d\.\d{7}")]
    private static partial Regex Durations();
}
