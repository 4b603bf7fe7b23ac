using System.Text.RegularExpressions;

namespace ReleaseTasks.Writing;

/// <summary>What marks a pull request as work in progress: a word in its title, a notice on top of its description, the questions of its code.</summary>
internal static partial class WorkInProgress
{
    public const string Notice = "**Work In Progress, do not merge**";

    private const string Mark = "[WIP]";
    private const string Begin = "<!-- questions of the code, written anew by CreatePullRequest -->";
    private const string End = "<!-- end of the questions -->";

    public static string Title(string title, bool isWorkInProgress)
    {
        var bare = Marked().Replace(title, "");
        return isWorkInProgress ? $"{Mark} {bare}" : bare;
    }

    /// <summary>Notice and questions on top, or neither; the rest stays as it is.</summary>
    public static string Body(string body, bool isWorkInProgress, IReadOnlyList<CodeQuestion> questions)
    {
        var newLine = body.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var bare = Top().Replace(Questions().Replace(body, ""), "");
        return isWorkInProgress ? $"{Notice}\n\n{Block(questions)}".ReplaceLineEndings(newLine) + bare : bare;
    }

    private static string Block(IReadOnlyList<CodeQuestion> questions) =>
        questions.Count == 0 ? "" : $"{Begin}\n**Questions and concerns**:\n{string.Concat(questions.Select(question => $"  * {question.Markdown}\n"))}{End}\n\n";

    [GeneratedRegex(@"^\s*(\[WIP\]\s*)+", RegexOptions.IgnoreCase)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\A\s*\*\*Work In Progress, do not merge\*\*[ \t]*(\r?\n)*", RegexOptions.IgnoreCase)]
    private static partial Regex Top();

    [GeneratedRegex(@"<!-- questions of the code, written anew by CreatePullRequest -->.*?<!-- end of the questions -->(\r?\n)*", RegexOptions.Singleline)]
    private static partial Regex Questions();
}
