using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>Sentry's Web API: issues, releases, deploys and sessions of whatever organization asks; each app is a project.</summary>
internal sealed partial class Sentry(AppLogs logs, StateFile<SentryState> file, string token, TimeProvider time) : IStandIn
{
    /// <summary>Where every app runs.</summary>
    public const string Environment = "production";

    private const int LargestPage = 100;
    private const int PerSecond = 40;

    private readonly SentryState state = file.Load();
    private readonly Lock gate = new();
    private readonly Dictionary<string, SlidingLimit> limits = [];

    public Sentry(SandboxParts parts)
        : this(
            parts.Logs, new StateFile<SentryState>(Path.Combine(parts.Directory, "sentry.json")), KeptSecret.Of(parts.Directory, "sentry"), parts.Clock)
    {
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/sentry/api/0/organizations/{org}");
        Map("GET", "/issues/", ListIssues);
        Map("PUT", "/issues/{issue}/", UpdateIssue);
        Map("POST", "/releases/", CreateRelease);
        Map("GET", "/releases/{version}/", ShowRelease);
        Map("POST", "/releases/{version}/deploys/", CreateDeploy);
        Map("GET", "/releases/{version}/deploys/", ListDeploys);
        Map("GET", "/sessions/", ShowSessions);

        void Map(string method, string path, Func<HttpContext, SentryBody, IResult> answer) =>
            api.MapMethods(path, [method], http => AnswerAsync(http, $"{method} {path}", answer));
    }

    IEnumerable<KeyValuePair<string, string>> IStandIn.Environment(Uri address)
    {
        yield return new("SENTRY_URL", new Uri(address, "/sentry").ToString());
        yield return new("SENTRY_AUTH_TOKEN", token);
    }

    private async Task AnswerAsync(HttpContext http, string endpoint, Func<HttpContext, SentryBody, IResult> answer)
    {
        IResult result;
        if (GitHub.Credentials.TokenOf(http.Request) != token)
        {
            result = Refusal(StatusCodes.Status401Unauthorized, "Invalid token");
        }
        else if (!IsWithinLimit(http.Response, endpoint))
        {
            result = Refusal(StatusCodes.Status429TooManyRequests, "You are attempting to use this endpoint too frequently.");
        }
        else if (await SentryBody.ReadAsync(http) is not { } body)
        {
            result = Refusal(StatusCodes.Status400BadRequest, "JSON parse error");
        }
        else
        {
            lock (gate)
            {
                result = answer(http, body);
            }
        }

        await result.ExecuteAsync(http);
    }

    private bool IsWithinLimit(HttpResponse response, string endpoint)
    {
        lock (gate)
        {
            var limit = limits.TryGetValue(endpoint, out var known)
                ? known
                : limits[endpoint] = new SlidingLimit(PerSecond, TimeSpan.FromSeconds(1), time);
            var left = limit.Take();
            Header("Limit", PerSecond);
            Header("Remaining", Math.Max(left, 0));
            Header("Reset", time.GetUtcNow().ToUnixTimeSeconds() + 1);
            Header("ConcurrentLimit", 25);
            Header("ConcurrentRemaining", 24);
            return left >= 0;
        }

        void Header(string name, long value) => response.Headers[$"X-Sentry-Rate-Limit-{name}"] = value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>One page of a list. The header always names a next page, and says beside it whether there's anything on it.</summary>
    private static IResult Page(HttpContext http, IReadOnlyList<object> all)
    {
        var size = Math.Clamp(int.TryParse(http.Request.Query["limit"], CultureInfo.InvariantCulture, out var limit) ? limit : LargestPage, 1, LargestPage);
        var page = http.Request.Query["cursor"].ToString().Split(':') is [_, var number, _] && int.TryParse(number, CultureInfo.InvariantCulture, out var at) ? at : 0;
        var address = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.Path}";
        http.Response.Headers.Link = string.Join(
            ", ", Link("previous", page > 0, Math.Max(page - 1, 0), 1), Link("next", (page + 1) * size < all.Count, page + 1, 0));
        return Results.Json(all.Skip(page * size).Take(size));

        string Link(string relation, bool results, int target, int isPrevious) =>
            $"<{address}?&cursor=0:{target}:{isPrevious}>; rel=\"{relation}\"; results=\"{(results ? "true" : "false")}\"; cursor=\"0:{target}:{isPrevious}\"";
    }

    private (DateTimeOffset From, DateTimeOffset To) Range(IQueryCollection query)
    {
        var now = time.GetUtcNow();
        var to = DateTimeOffset.TryParse(query["end"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end : now;
        var from = DateTimeOffset.TryParse(query["start"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start)
            ? start
            : to - (SentrySearch.PeriodOf(query["statsPeriod"].ToString()) ?? TimeSpan.FromDays(14));
        return (from, to);
    }

    /// <summary>By number or name; -1 is every project. There's no environment but one.</summary>
    private static bool IsAskedFor(IQueryCollection query, string app) =>
        (query["project"] is not { Count: > 0 } projects || projects.Any(project => project is "" or "-1" || project == app || project == ProjectIdOf(app)))
        && (query["environment"] is not { Count: > 0 } environments || environments.Any(environment => environment is "" or Environment));

    /// <summary>The same in every world, so that settings may name it.</summary>
    private static string ProjectIdOf(string app) =>
        app.Aggregate(11L, (sum, c) => ((sum * 31) + c) % 999_983).ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static IResult NotFound() => Refusal(StatusCodes.Status404NotFound, "The requested resource does not exist");

    private static IResult Refusal(int status, string detail) => Results.Json(new { detail }, statusCode: status);
}
