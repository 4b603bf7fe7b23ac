using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>A step's words as they may be shown: one line, and no value of a config var.</summary>
internal static partial class StepTitle
{
    public static string Of(string words) => Mask(Spaces().Replace(words, " ").Trim());

    /// <summary>Replaces each value of a <c>config:set</c>, except the procedure's own <c>$(&lt; FILE)</c>, by its length.</summary>
    public static string Mask(string text) =>
        SetCommand().Replace(text, command => Assignment().Replace(command.Value, value => $"{value.Groups["name"]}=({value.Groups["value"].Length} characters)"));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\bconfig:(set|add)\b[^`]*", RegexOptions.NonBacktracking)]
    private static partial Regex SetCommand();

    [GeneratedRegex("""(?<name>\b[A-Za-z_]\w*)=(?!"?\$\(<)(?<value>'[^']*'|"[^"]*"|[^\s'"]+)""")]
    private static partial Regex Assignment();
}
