using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>The point in time of <c>--to</c>: a date, a time and a zone. Without a zone nobody knows what the provider makes of it.</summary>
internal static partial class PointInTime
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd HH:mmzzz", "yyyy-MM-dd HH:mm:sszzz", "yyyy-MM-dd HH:mmzz", "yyyy-MM-dd HH:mm:sszz", "yyyy-MM-dd HH:mm'Z'", "yyyy-MM-dd HH:mm:ss'Z'"];

    public static DateTimeOffset? Parse(string text)
    {
        var time = Zone().Replace(IsoT().Replace(text.Trim(), " "), "Z");
        return DateTimeOffset.TryParseExact(time, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value) ? value : null;
    }

    /// <summary>What stands for the moment at which the step runs.</summary>
    public static bool IsPlaceholder(string text) => Placeholder().IsMatch(text.Trim());

    public static string Format(DateTimeOffset time) => time.ToUniversalTime().ToString(time.Second == 0 ? "yyyy-MM-dd HH:mm'+00'" : "yyyy-MM-dd HH:mm:ss'+00'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=[0-9])T(?=[0-9])")]
    private static partial Regex IsoT();

    [GeneratedRegex(@"\s*(UTC|GMT)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Zone();

    [GeneratedRegex(@"^(now|x+|<[^<>]*>|yyyy-mm-dd hh:mm(\+00|z)?)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}
