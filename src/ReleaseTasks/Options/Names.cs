using System.Text.RegularExpressions;

namespace ReleaseTasks.Options;

/// <summary>How GitHub spells the names of its things.</summary>
internal static partial class Names
{
    public static bool IsRepository(string name) => Repository().IsMatch(name);

    public static bool IsLogin(string name) => Login().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+\z")]
    private static partial Regex Repository();

    [GeneratedRegex(@"^[A-Za-z0-9](-?[A-Za-z0-9]){0,38}\z")]
    private static partial Regex Login();
}
