using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>Spans of time as people write them: "up to 40 minutes", "after a week", "1.5 hours".</summary>
internal static partial class Durations
{
    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>How long something may take; of a range the longer end.</summary>
    public static TimeSpan? In(string text)
    {
        TimeSpan? longest = null;
        foreach (var match in Span().Matches(text).AsEnumerable())
        {
            var span = Of(match);
            longest = longest is null || span > longest ? span : longest;
        }

        return longest;
    }

    /// <summary>Until when something waits: "after a week" and "in 3 days" with the span, "after some time" and "later" without.</summary>
    public static (TimeSpan? After, bool Later) DelayIn(string text)
    {
        foreach (var match in Delay().Matches(text).AsEnumerable())
        {
            if (Span().Match(text, match.Index + match.Length) is { Success: true } span && string.IsNullOrWhiteSpace(text[(match.Index + match.Length)..span.Index]) && Of(span) is { } after)
            {
                return (after, true);
            }
        }

        return (null, SomeTime().IsMatch(text));
    }

    private static TimeSpan? Of(Match match)
    {
        var number = Number(match.Groups["number"].Value);
        var unit = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            ['s', ..] => TimeSpan.FromSeconds(1),
            ['m', 'o', ..] => TimeSpan.FromDays(30),
            ['m', ..] => TimeSpan.FromMinutes(1),
            ['h', ..] => TimeSpan.FromHours(1),
            ['d', ..] => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(7),
        };
        return number * unit is var span && span > TimeSpan.Zero && span <= TimeSpan.FromDays(366) ? span : null;
    }

    private static double Number(string text) => text.ToLowerInvariant() switch
    {
        "a" or "an" => 1,
        "half an" or "half a" => 0.5,
        "a couple of" => 2,
        var word when Array.IndexOf(Numbers, word) is var number and >= 0 => number,
        var digits => double.Parse(digits, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"(?<![\w.])(?<number>[0-9]{1,5}(\.[0-9]{1,3})?|half an?|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ \t\r\n-]*(?<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?)(?!\w)", RegexOptions.IgnoreCase)]
    private static partial Regex Span();

    [GeneratedRegex(@"\b(after|in|wait(ing)?( for)?)(\s+(about|at least|another))?\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Delay();

    [GeneratedRegex(@"\b(after (some|a) (time|while)|after a few \w+|some time (later|after)|later( on)?|eventually|in a while|in a few \w+|some day)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SomeTime();
}
