using System.Text.RegularExpressions;

namespace ReleaseTasks.Options;

/// <summary>How Heroku and GitHub spell the names of their things.</summary>
internal static partial class Names
{
    public static bool IsApp(string name) => App().IsMatch(name);

    public static bool IsRepository(string name) => Repository().IsMatch(name);

    public static bool IsLogin(string name) => Login().IsMatch(name);

    [GeneratedRegex("^[a-z][a-z0-9-]{0,28}[a-z0-9]$")]
    private static partial Regex App();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$")]
    private static partial Regex Repository();

    [GeneratedRegex("^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}$")]
    private static partial Regex Login();
}
