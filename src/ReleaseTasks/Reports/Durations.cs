using System.Globalization;

namespace ReleaseTasks.Reports;

/// <summary>Durations as people read them.</summary>
internal static class Durations
{
    /// <summary><c>0.4 s</c>, <c>12 s</c>, <c>3:05</c>, <c>1:03:05</c>.</summary>
    public static string Short(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } => $"{duration.TotalSeconds:0} s",
        { TotalHours: < 1 } => $"{duration:m\\:ss}",
        _ => $"{(int)duration.TotalHours}:{duration:mm\\:ss}",
    };

    /// <summary><c>no time worth counting</c>, <c>40 minutes</c>, <c>1 hour 5 minutes</c>, <c>7 days</c>.</summary>
    public static string Words(TimeSpan duration)
    {
        string[] parts = [.. new[] { Count(duration.Days, "day"), Count(duration.Hours, "hour"), Count(duration.Minutes, "minute") }.OfType<string>()];
        return parts.Length > 0 ? string.Join(' ', parts) : "no time worth counting";
    }

    private static string? Count(int number, string unit) => number == 0 ? null : $"{number} {unit}{(number == 1 ? "" : "s")}";
}
