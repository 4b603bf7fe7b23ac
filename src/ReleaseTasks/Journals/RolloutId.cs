using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Journals;

/// <summary>
/// Which roll-out: <c>sushi-pr3</c>, the second attempt at the same pull request <c>sushi-pr3-2</c>, for a plan from a file
/// <c>sushi-2026-11-23</c>.
/// Paths, refs and names in the world are made of it, so nothing else gets to be one.
/// </summary>
[JsonConverter(typeof(AsText))]
internal sealed partial record RolloutId
{
    private readonly string _text;

    private RolloutId(string text, string app, int? pullRequest, int attempt) =>
        (_text, App, PullRequest, Attempt) = (text, app, pullRequest, attempt);

    public string App { get; }

    /// <summary>Null for a plan from a file.</summary>
    public int? PullRequest { get; }

    /// <summary>Counted from 1: after each rollback another begins.</summary>
    public int Attempt { get; }

    /// <summary>The next attempt at the same pull request.</summary>
    public RolloutId Next => PullRequest is { } number
        ? Of(App, number, Attempt + 1)
        : throw new InvalidOperationException($"{this} has no pull request that could be attempted again.");

    public static RolloutId Of(string app, int pullRequest, int attempt = 1) =>
        Parse(string.Create(CultureInfo.InvariantCulture, $"{app}-pr{pullRequest}{(attempt == 1 ? "" : $"-{attempt}")}"));

    public static RolloutId Of(string app, DateTimeOffset day) =>
        Parse(string.Create(CultureInfo.InvariantCulture, $"{app}-{day:yyyy-MM-dd}"));

    /// <exception cref="FormatException">It isn't one.</exception>
    public static RolloutId Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"'{text}' is not the id of a roll-out, such as sushi-pr3 or sushi-pr3-2.");

    /// <summary>Null for what isn't one.</summary>
    public static RolloutId? TryParse(string? text)
    {
        if (text is null || Form().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var app = match.Groups["app"].Value;
        return match.Groups["number"] is { Success: true, Value: var number }
            ? new(text, app, Number(number), match.Groups["attempt"] is { Success: true, Value: var attempt } ? Number(attempt) : 1)
            : new(text, app, null, 1);
    }

    public override string ToString() => _text;

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<app>[a-z][a-z0-9-]{0,28}[a-z0-9])-(pr(?<number>[1-9][0-9]{0,8})(-(?<attempt>[2-9]|[1-9][0-9]{1,3}))?|" +
        @"[0-9]{4}-[0-9]{2}-[0-9]{2})\z")]
    private static partial Regex Form();

    private sealed class AsText : JsonConverter<RolloutId>
    {
        public override RolloutId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString()) ?? throw new JsonException("the roll-out's id is none");

        public override void Write(Utf8JsonWriter writer, RolloutId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
