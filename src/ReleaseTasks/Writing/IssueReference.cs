using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Writing;

/// <summary>Which issue a branch is about: people write it into the branch's name or into a commit.</summary>
internal static partial class IssueReference
{
    /// <summary><c>#3</c> or <c>3</c> alone; null for any other text.</summary>
    public static int? Alone(string text) => Number(Bare().Match(text));

    /// <summary>From <c>3-navbar</c>, <c>fix/3-navbar</c>, <c>issue-3</c> or <c>gh3</c>; else from the commits, closing words first.</summary>
    public static int? Find(string branch, IReadOnlyList<string> messages) =>
        Number(InBranch().Match(branch))
        ?? messages.Select(message => Number(Closing().Match(message))).FirstOrDefault(number => number is not null)
        ?? messages.Select(message => Number(Mentioned().Match(message))).FirstOrDefault(number => number is not null);

    private static int? Number(Match match) =>
        match.Success && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    [GeneratedRegex(@"^\s*#?(?<number>[0-9]{1,9})\s*\z")]
    private static partial Regex Bare();

    [GeneratedRegex(@"(^|/)(?<number>[0-9]{1,9})([-_]|\z)|\b(issue|gh)[-_/]?(?<number>[0-9]{1,9})(?![0-9.])", RegexOptions.IgnoreCase)]
    private static partial Regex InBranch();

    [GeneratedRegex(@"\b(fix(e[sd])?|close[sd]?|resolve[sd]?|ref(s|erence[sd]?)?|see)\s*:?\s+#(?<number>[0-9]{1,9})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Closing();

    [GeneratedRegex(@"(?<![\w&/])#(?<number>[0-9]{1,9})\b")]
    private static partial Regex Mentioned();
}
