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

    /// <summary>A person in the middle of a text: an id is mentioned, a name is only written.</summary>
    public static string Mention(string person) => IsId(person) ? $"<@{person}>" : Plain($"@{person.TrimStart('@')}");

    public static bool IsId(string person) => person is ['U' or 'W', ..] && person.Length >= 9 && person.All(char.IsAsciiLetterOrDigit);
}
