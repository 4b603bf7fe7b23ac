using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>How Papertrail holds back.</summary>
/// <param name="Lag">How long a line is under way before a search can find it.</param>
/// <param name="ScannedAtOnce">How many lines a search looks at before its time is up.</param>
internal sealed record PapertrailOptions(TimeSpan Lag, int ScannedAtOnce = 5_000)
{
    public static PapertrailOptions Default { get; } = new(TimeSpan.FromSeconds(1));
}

/// <summary>Papertrail's search, version 1, over what the apps have logged.</summary>
internal sealed class Papertrail(AppLogs logs, string token, TimeProvider time, PapertrailOptions options) : IStandIn
{
    private const int UsualLimit = 1_000;
    private const int LargestLimit = 10_000;

    private readonly SlidingLimit limit = new(25, TimeSpan.FromSeconds(5), time);

    public Papertrail(SandboxParts parts)
        : this(parts.Logs, KeptSecret.Of(parts.Directory, "papertrail"), parts.Clock, PapertrailOptions.Default)
    {
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/papertrail/api/v1/events/search.json", Answer);

    public IEnumerable<KeyValuePair<string, string>> Environment(Uri address)
    {
        yield return new("PAPERTRAIL_URL", new Uri(address, "/papertrail").ToString());
        yield return new("PAPERTRAIL_API_TOKEN", token);
    }

    public static string SeverityOf(LogEvent line) =>
        line.Program.StartsWith("heroku/", StringComparison.Ordinal) && line.Message.Contains("at=error", StringComparison.Ordinal) ? "Error" : "Info";

    private IResult Answer(HttpContext http)
    {
        if (http.Request.Headers["X-Papertrail-Token"] != token && GitHub.Credentials.TokenOf(http.Request) != token)
        {
            return Results.Json(new { message = "Invalid API token or username/password" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        var left = limit.Take();
        http.Response.Headers["X-Rate-Limit-Limit"] = limit.Count.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Rate-Limit-Remaining"] = Math.Max(left, 0).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Rate-Limit-Reset"] = "5";
        return left < 0
            ? Results.Json(new { message = "Rate limit exceeded" }, statusCode: StatusCodes.Status429TooManyRequests)
            : Results.Json(Search(SearchRange.Of(http.Request.Query)));
    }

    private Dictionary<string, object?> Search(SearchRange range)
    {
        var arrived = time.GetUtcNow() - options.Lag;
        var inside = LogEvent.AllOf(logs).Where(line => line.At <= arrived && range.Holds(line)).ToList();
        var matches = SearchWords.Parse(range.Query);
        // Forward from an id, unless recent lines were asked for; else backward from the newest.
        if (range.Forward)
        {
            var scanned = inside.Take(options.ScannedAtOnce).ToList();
            var found = scanned.Where(matches).Take(range.Limit).ToList();
            var cut = found.Count == range.Limit ? found[^1].Id : scanned.LastOrDefault()?.Id;
            return Describe(found, range.MinId, cut ?? range.MinId, beginning: false, outOfTime: found.Count < range.Limit && scanned.Count < inside.Count);
        }
        else
        {
            var scanned = inside.TakeLast(options.ScannedAtOnce).ToList();
            var found = scanned.Where(matches).TakeLast(range.Limit).ToList();
            var cut = found.Count == range.Limit ? found[0].Id : scanned.FirstOrDefault()?.Id;
            var older = scanned.Count < inside.Count;
            return Describe(
                found, cut ?? range.MinId, scanned.LastOrDefault()?.Id ?? range.MinId, beginning: found.Count < range.Limit && !older && range.MinId is null,
                outOfTime: found.Count < range.Limit && older);
        }
    }

    private static Dictionary<string, object?> Describe(IReadOnlyList<LogEvent> found, long? minId, long? maxId, bool beginning, bool outOfTime)
    {
        var answer = new Dictionary<string, object?>
        {
            ["min_id"] = minId?.ToString(CultureInfo.InvariantCulture),
            ["max_id"] = maxId?.ToString(CultureInfo.InvariantCulture),
            ["events"] = found.Select(Describe).ToList(),
            ["sawmill"] = true,
        };
        if (beginning)
        {
            answer["reached_beginning"] = true;
        }

        if (outOfTime)
        {
            answer["reached_time_limit"] = true;
        }

        return answer;
    }

    private static object Describe(LogEvent line) => new
    {
        id = line.IdText,
        source_id = SearchRange.SystemIdOf(line.App),
        received_at = Time(line.At),
        generated_at = Time(line.At),
        display_received_at = line.At.UtcDateTime.ToString("MMM dd HH:mm:ss", CultureInfo.InvariantCulture),
        source_name = line.App,
        source_ip = "127.0.0.1",
        hostname = line.App,
        program = line.Program,
        severity = SeverityOf(line),
        facility = line.Program == "heroku/router" ? "Local3" : "Local7",
        message = line.Message,
    };

    /// <remarks>Whole seconds: two lines of one second are told apart by their ids.</remarks>
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>What a search asks for.</summary>
    /// <param name="Tail">Recent lines rather than all; what an id to start from brings with it, unless refused.</param>
    private sealed record SearchRange(
        string Query, string? System, long? MinId, long? MaxId, long? MinTime, long? MaxTime, int Limit, bool Tail)
    {
        public bool Forward => !Tail && (MinId is not null || MinTime is not null) && MaxId is null;

        public static SearchRange Of(IQueryCollection query) => new(
            query["q"].ToString(), Text("system_id", query), Number("min_id", query), Number("max_id", query), Number("min_time", query),
            Number("max_time", query), (int)Math.Clamp(Number("limit", query) ?? UsualLimit, 1, LargestLimit),
            (Text("tail", query) ?? (Number("min_id", query) is null ? "false" : "true")) == "true");

        public bool Holds(LogEvent line) =>
            (System is null || System.Equals(line.App, StringComparison.OrdinalIgnoreCase) || System == SystemIdOf(line.App))
            && (MinId is null || line.Id > MinId)
            && (MaxId is null || line.Id < MaxId)
            && (MinTime is null || line.At.ToUnixTimeSeconds() >= MinTime)
            && (MaxTime is null || line.At.ToUnixTimeSeconds() <= MaxTime);

        /// <summary>The same for every world, so that settings may name it.</summary>
        public static string SystemIdOf(string app) =>
            app.Aggregate(17L, (sum, c) => ((sum * 31) + c) % 1_000_000_007).ToString(CultureInfo.InvariantCulture);

        private static string? Text(string name, IQueryCollection query) => query[name].ToString() is { Length: > 0 } text ? text : null;

        private static long? Number(string name, IQueryCollection query) =>
            long.TryParse(query[name].ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
