using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>The words of Sentry's issue search that a roll-out needs. A word that's none of them is a tag that no event has.</summary>
internal sealed partial class SentrySearch(SentryState state, DateTimeOffset now)
{
    private static readonly TimeSpan New = TimeSpan.FromDays(7);

    public Func<SentryIssue, bool> Parse(string query)
    {
        var words = Word().Matches(query).Select(Question).ToList();
        return issue => words.TrueForAll(word => word(issue));
    }

    /// <summary><c>resolved</c>, <c>unresolved</c>, and of the latter the kind: <c>new</c>, <c>ongoing</c>, <c>regressed</c>.</summary>
    public (string Status, string? Substatus) StatusOf(SentryIssue issue) =>
        state.Resolved.TryGetValue(issue.Id, out var resolved)
            ? issue.Last.At > resolved ? ("unresolved", "regressed") : ("resolved", null)
            : ("unresolved", issue.FirstSeen > now - New ? "new" : "ongoing");

    private Func<SentryIssue, bool> Question(Match word)
    {
        var (not, key, value) = (word.Groups["not"].Success, word.Groups["key"].Value, word.Groups["value"].Value.Trim('"'));
        Func<SentryIssue, bool> question = key switch
        {
            "" => issue => issue.Title.Contains(value, StringComparison.OrdinalIgnoreCase) || issue.First.Culprit.Contains(value, StringComparison.OrdinalIgnoreCase),
            "is" => Is(value),
            "release" => issue => issue.Events.Any(found => Names(found.Release, value, issue)),
            "firstRelease" or "first-release" => issue => Names(issue.First.Release, value, issue),
            "firstSeen" or "age" => Younger(value, issue => issue.FirstSeen),
            "lastSeen" => Younger(value, issue => issue.Last.At),
            "level" => _ => value == "error",
            "error.unhandled" => _ => value is "true" or "1",
            "error.handled" => _ => value is "false" or "0",
            "environment" => _ => value == Sentry.Environment,
            _ => _ => false,
        };
        return not ? issue => !question(issue) : question;
    }

    private Func<SentryIssue, bool> Is(string value) => issue =>
    {
        var (status, substatus) = StatusOf(issue);
        return value == status || value == substatus;
    };

    private bool Names(ReleaseNames names, string value, SentryIssue issue) => names.Include(
        value == "latest" ? state.Releases.Where(release => release.Projects.Contains(issue.First.App)).MaxBy(release => release.CreatedAt)?.Version ?? "" : value);

    /// <summary><c>-30m</c>: at most 30 minutes ago; <c>+30m</c>: longer ago.</summary>
    private Func<SentryIssue, bool> Younger(string value, Func<SentryIssue, DateTimeOffset> time)
    {
        if (Age().Match(value) is not { Success: true } age)
        {
            return _ => false;
        }

        var limit = now - Period(age.Groups[2].Value, age.Groups[3].Value);
        return age.Groups[1].Value == "+" ? issue => time(issue) < limit : issue => time(issue) >= limit;
    }

    public static TimeSpan? PeriodOf(string text) =>
        Age().Match("-" + text) is { Success: true } age ? Period(age.Groups[2].Value, age.Groups[3].Value) : null;

    private static TimeSpan Period(string number, string unit)
    {
        var count = int.Parse(number, CultureInfo.InvariantCulture);
        return unit switch
        {
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            "d" => TimeSpan.FromDays(count),
            _ => TimeSpan.FromDays(7 * count),
        };
    }

    [GeneratedRegex("""(?<not>!)?(?:(?<key>[A-Za-z][A-Za-z.\-]*):)?(?<value>"[^"]*"|\S+)""")]
    private static partial Regex Word();

    [GeneratedRegex("^([+-])([0-9]{1,6})([mhdw])$")]
    private static partial Regex Age();
}
