using System.Text.RegularExpressions;

namespace Cake.Heroku;

/// <summary>The file in which <c>heroku login</c> keeps a token, in the form that ftp(1) gave it.</summary>
internal static partial class Netrc
{
    /// <summary><c>NETRC</c>, else <c>.netrc</c> or <c>_netrc</c> in the home folder. Null without a home.</summary>
    public static string? FileIn(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault("NETRC") is { Length: > 0 } named)
        {
            return named;
        }

        if ((environment.GetValueOrDefault("HOME") ?? environment.GetValueOrDefault("USERPROFILE")) is not { Length: > 0 } home)
        {
            return null;
        }

        string[] names = OperatingSystem.IsWindows() ? ["_netrc", ".netrc"] : [".netrc", "_netrc"];
        return names.Select(name => Path.Combine(home, name)).FirstOrDefault(File.Exists) ?? Path.Combine(home, names[0]);
    }

    /// <summary>The password of the machine's entry, else of the default entry; null where there is neither.</summary>
    public static string? PasswordOf(string machine, string text)
    {
        string? entry = null, fallback = null;
        for (var word = Word().Match(text); word.Success; word = word.NextMatch())
        {
            switch (word.Value)
            {
                case "machine":
                    entry = Unquoted(word = word.NextMatch());
                    break;
                case "default":
                    entry = word.Value;
                    break;
                case "password":
                    var password = Unquoted(word = word.NextMatch());
                    if (password.Length > 0 && entry == machine)
                    {
                        return password;
                    }

                    fallback ??= entry == "default" ? password : null;
                    break;
                case "login" or "account":
                    word = word.NextMatch();
                    break;
                case "macdef":
                    word = LastBefore(MacroEnd(), word, text);
                    break;
                case ['#', ..]:
                    word = LastBefore(LineEnd(), word, text);
                    break;
            }
        }

        return fallback;
    }

    /// <summary>Comments and macros hold words that aren't the file's: the last one before their end.</summary>
    private static Match LastBefore(Regex end, Match word, string text)
    {
        var stop = end.Match(text, word.Index) is { Success: true } found ? found.Index : text.Length;
        while (word.NextMatch() is { Success: true } next && next.Index < stop)
        {
            word = next;
        }

        return word;
    }

    private static string Unquoted(Match word) =>
        word.Value is ['"', .. var inside, '"'] ? Escaped().Replace(inside, "$1") : word.Value;

    [GeneratedRegex("\"(?:\\\\.|[^\"\\\\])*\"|\\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\r?\n")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"\n[ \t]*\r?\n")]
    private static partial Regex MacroEnd();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
