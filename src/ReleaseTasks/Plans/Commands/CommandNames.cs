using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans.Commands;

/// <summary>How the things are called that commands are about. What has no such name is none of them.</summary>
internal static partial class CommandNames
{
    public static bool IsConfigVar(string text) => ConfigVar().IsMatch(text);

    /// <summary>An attachment (<c>HEROKU_POSTGRESQL_YELLOW</c>, with or without <c>_URL</c>) or an add-on (<c>postgresql-curved-12345</c>).</summary>
    public static bool IsResource(string text) => Resource().IsMatch(text);

    public static bool IsApp(string text) => App().IsMatch(text);

    /// <summary><c>heroku-postgresql:standard-0</c></summary>
    public static bool IsAddonPlan(string text) => AddonPlan().IsMatch(text);

    /// <summary><c>web.1</c>, or a process type.</summary>
    public static bool IsDyno(string text) => Dyno().IsMatch(text);

    /// <summary>Of alembic: <c>head</c>, <c>-1</c>, <c>0002</c>, <c>branch@head</c>.</summary>
    public static bool IsRevision(string text) => Revision().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex ConfigVar();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,127}\z")]
    private static partial Regex Resource();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{1,28}[a-z0-9]\z")]
    private static partial Regex App();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)?\z")]
    private static partial Regex AddonPlan();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]{0,62}(\.[0-9]{1,6})?\z")]
    private static partial Regex Dyno();

    [GeneratedRegex(@"^([A-Za-z0-9_]{1,64}@)?(heads?|base|[+-]?[0-9]{1,3}|[A-Za-z0-9_]{1,64}([+-][0-9]{1,3})?)\z")]
    private static partial Regex Revision();
}
