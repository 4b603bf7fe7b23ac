using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans.Commands;

/// <summary>Which of an author's words are meant to be run.</summary>
internal static partial class CommandText
{
    private static readonly string[] Tools =
        ["heroku", "alembic", "git", "curl", "psql", "pg_dump", "pg_restore", "python", "python3", "pip", "bash", "sh", "make", "docker", "ssh", "aws", "gh", "rm", "sudo", "npm", "cat"];

    /// <summary>Whether a text in back-ticks is a command, and not a name or a value.</summary>
    public static bool IsCommand(string text)
    {
        var command = text.TrimStart();
        return command.StartsWith("$ ", StringComparison.Ordinal) || (Array.IndexOf(Tools, FirstWord(command)) >= 0 && command.Contains(' ', StringComparison.Ordinal));
    }

    /// <summary>Whether a line without back-ticks is a command all the same: a <c>$ </c> prompt, or <c>heroku</c> and a sub-command.</summary>
    public static bool IsBareCommand(string line) => Bare().IsMatch(line);

    public static string WithoutPrompt(string text)
    {
        var command = text.Trim();
        return command.StartsWith("$ ", StringComparison.Ordinal) ? command[2..].TrimStart() : command;
    }

    private static string FirstWord(string text) => text.IndexOf(' ', StringComparison.Ordinal) is var blank and > 0 ? text[..blank] : text;

    [GeneratedRegex(@"^(\$ +\S|\$? *heroku +[a-z]+(:[a-z-]+)*( |$))")]
    private static partial Regex Bare();
}
