namespace ReleaseTasks.Chat;

/// <summary>Text as Slack wants it.</summary>
internal static class SlackText
{
    private const int Longest = 4_000;

    /// <summary>Escaped, so that words from a plan mention nobody and link nowhere, and cut to what Slack shows well.</summary>
    public static string Plain(string text)
    {
        var cut = text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
        return cut.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
    }
}
