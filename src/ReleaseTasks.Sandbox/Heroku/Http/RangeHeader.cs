using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary><c>Range: version 10..20; max=15, order=desc</c>, in any of the spellings that clients use.</summary>
internal sealed partial record RangeHeader(string? Field, string? From, bool FromIsExclusive, string? To, int Max, bool Descending)
{
    private const int Default = 200;
    private const int Largest = 1000;

    public static RangeHeader Parse(string? header)
    {
        var parts = Pattern().Match(header ?? "");
        if (!parts.Success)
        {
            throw NotSatisfiable($"Invalid Range header: {header}");
        }

        var options = parts.Groups["options"].Value.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (max, descending) = (Default, false);
        foreach (var option in options)
        {
            (max, descending) = option.Split('=') switch
            {
                ["max", var n] when int.TryParse(n, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Largest => (number, descending),
                ["order", "asc"] => (max, false),
                ["order", "desc"] => (max, true),
                _ => throw NotSatisfiable($"Invalid Range option: {option}"),
            };
        }

        return new RangeHeader(Part("field"), Part("from"), parts.Groups["exclusive"].Success, Part("to"), max, descending);

        string? Part(string name) => parts.Groups[name] is { Success: true, Length: > 0 } group ? group.Value : null;
    }

    /// <summary>The same range, going on after an item.</summary>
    public string After(string field, string last) =>
        $"{field} ]{last}..{To}; max={Max}{(Descending ? ", order=desc" : "")}";

    public static Refusal NotSatisfiable(string message) => new(416, "requested_range_not_satisfiable", message);

    [GeneratedRegex(@"^\s*((?<field>[a-z_]+)(?![a-z_=])(\s+(?<exclusive>\])?(?<from>[^\s;,]*?)\.\.(?<to>[^\s;,\[]*)\[?)?)?\s*[;,]?\s*(?<options>.*)$")]
    private static partial Regex Pattern();
}
