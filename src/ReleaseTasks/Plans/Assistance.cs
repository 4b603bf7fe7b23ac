using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>The procedure: "if the migration is complex, ask somebody of ops to assist". Whether it is, and who was asked: for the lint and the gates alike.</summary>
internal static partial class Assistance
{
    /// <summary>A rollback database is made for nothing less; else the author's own words say so.</summary>
    public static bool IsNeeded(RolloutPlan plan) =>
        plan.RollOut.Any(step => step.Work is Work.CreateRollbackDatabase)
        || plan.Facts.Risks.Concat(plan.Facts.BackingServices).Any(fact => Complex().IsMatch(fact) && Migration().IsMatch(fact) && !Denied().IsMatch(fact));

    /// <summary>The names under "Deployment assistants", whoever they are.</summary>
    public static IReadOnlyList<string> Named(RolloutPlan plan) => [.. plan.Facts.Assistants.SelectMany(Names).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Those of ops who may assist: nobody assists themselves.</summary>
    public static IReadOnlyList<string> Candidates(IEnumerable<string> ops, string? author) => [.. ops.Where(login => !IsSame(login, author))];

    /// <summary>Those who will.</summary>
    public static IReadOnlyList<string> Assisting(RolloutPlan plan, IEnumerable<string> ops, string? author) =>
        [.. Candidates(ops, author).Where(login => Named(plan).Contains(login, StringComparer.OrdinalIgnoreCase))];

    private static bool IsSame(string login, string? other) => string.Equals(login, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The people in "@dz0ny", "dz0ny, gurvankervern" and "dz0ny I will need your assistance": mentions, else the names before the sentence.</summary>
    private static IEnumerable<string> Names(string text)
    {
        var mentions = Mention().Matches(text);
        if (mentions.Count > 0)
        {
            return mentions.Select(mention => mention.Groups["name"].Value);
        }

        return Separator().Split(text).Select((chunk, index) => (Words: chunk.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), index))
            .Where(chunk => chunk.Words.Length == 1 || (chunk.Words.Length > 1 && chunk.index == 0))
            .Select(chunk => chunk.Words[0].Trim('*', '_', '`', '.', ':', '(', ')', '!'))
            .Where(name => name.Length > 0);
    }

    [GeneratedRegex(@"\b(complex|long|large|heavy|huge)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Complex();

    [GeneratedRegex("migration", RegexOptions.IgnoreCase)]
    private static partial Regex Migration();

    /// <summary>"there is no complex migration", "without a long DB migration": denied in the same breath.</summary>
    [GeneratedRegex(@"\b(no|not|without|isn't)\b[^.;,]*\bmigration", RegexOptions.IgnoreCase)]
    private static partial Regex Denied();

    [GeneratedRegex(@"(?<![\w@])@(?<name>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\s*[,;/&\n]\s*|\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();
}
