namespace ReleaseTasks.Plans.Linting;

/// <summary>The names of databases in a plan: attachments with or without <c>_URL</c>, in any case, and add-ons.</summary>
internal static class DatabaseNames
{
    public static string Normal(string name)
    {
        var upper = name.ToUpperInvariant();
        return upper.EndsWith("_URL", StringComparison.Ordinal) ? upper[..^4] : upper;
    }

    public static bool Same(string one, string other) => Normal(one) == Normal(other);
}
