using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>Sentry's Web API: issues, releases, deploys and sessions of whatever organization asks; each app is a project.</summary>
internal sealed class Sentry(AppLogs logs, StateFile<SentryState> file, string token, TimeProvider time) : IStandIn
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

        void Map(string method, string path, Func<HttpContext, JsonElement, IResult> answer) =>
            api.MapMethods(path, [method], http => AnswerAsync(http, $"{method} {path}", answer));
    }

    IEnumerable<KeyValuePair<string, string>> IStandIn.Environment(Uri address)
    {
        yield return new("SENTRY_URL", new Uri(address, "/sentry").ToString());
        yield return new("SENTRY_AUTH_TOKEN", token);
    }

    private async Task AnswerAsync(HttpContext http, string endpoint, Func<HttpContext, JsonElement, IResult> answer)
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
        else if (await ReadAsync(http) is not { } body)
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

    private IResult ListIssues(HttpContext http, JsonElement body)
    {
        var query = http.Request.Query;
        var search = new SentrySearch(state, time.GetUtcNow());
        // No query at all asks for what's unresolved, an empty one for everything.
        var wanted = search.Parse(query.ContainsKey("query") ? query["query"].ToString() : "is:unresolved");
        var (from, to) = Range(query);
        var all = SentryEvents.Of(logs, state).Issues.ToList();
        var found = all.Where(issue => IsAskedFor(query, issue.First.App) && issue.Last.At >= from && issue.FirstSeen <= to).Where(wanted);
        var sorted = query["sort"].ToString() switch
        {
            "new" => found.OrderByDescending(issue => issue.FirstSeen),
            "freq" or "user" or "trends" => found.OrderByDescending(issue => issue.Events.Count),
            _ => found.OrderByDescending(issue => issue.Last.At),
        };
        return Page(http, [.. sorted.Select(issue => Describe(http, search, issue, all.IndexOf(issue) + 1))]);
    }

    private IResult UpdateIssue(HttpContext http, JsonElement body)
    {
        var id = (string)http.GetRouteValue("issue")!;
        var all = SentryEvents.Of(logs, state).Issues.ToList();
        if (all.Find(candidate => candidate.Id == id) is not { } issue)
        {
            return NotFound();
        }

        switch (Text(body, "status"))
        {
            case "resolved":
                state.Resolved[id] = time.GetUtcNow();
                break;
            case "unresolved":
                state.Resolved.Remove(id);
                break;
            default:
                return Results.Json(new { status = new[] { "This field is required." } }, statusCode: StatusCodes.Status400BadRequest);
        }

        file.Save(state);
        return Results.Json(Describe(http, new SentrySearch(state, time.GetUtcNow()), issue, all.IndexOf(issue) + 1));
    }

    /// <remarks>Safe to repeat: a release that's known is answered with 208.</remarks>
    private IResult CreateRelease(HttpContext http, JsonElement body)
    {
        var projects = Texts(body, "projects");
        if (Text(body, "version") is not { Length: > 0 } version)
        {
            return Results.Json(new { version = new[] { "This field is required." } }, statusCode: StatusCodes.Status400BadRequest);
        }

        if (projects.Count == 0)
        {
            return Results.Json(new { projects = new[] { "This field is required." } }, statusCode: StatusCodes.Status400BadRequest);
        }

        var known = state.Releases.Find(release => release.Version == version);
        var added = known ?? new SentryRelease { Id = ++state.LastId, Version = version, Projects = [], CreatedAt = time.GetUtcNow() };
        added.Projects.AddRange(projects.Except(added.Projects).ToList());
        added.Ref = Text(body, "ref") ?? added.Ref;
        added.ReleasedAt = DateTimeOffset.TryParse(Text(body, "dateReleased"), CultureInfo.InvariantCulture, out var released) ? released : added.ReleasedAt;
        if (known is null)
        {
            state.Releases.Add(added);
        }

        file.Save(state);
        return Results.Json(Describe(added), statusCode: known is null ? StatusCodes.Status201Created : StatusCodes.Status208AlreadyReported);
    }

    private IResult ShowRelease(HttpContext http, JsonElement body) => FindRelease(http) is { } release ? Results.Json(Describe(release)) : NotFound();

    private IResult CreateDeploy(HttpContext http, JsonElement body)
    {
        if (FindRelease(http) is not { } release || !state.Releases.Contains(release))
        {
            return NotFound();
        }

        if (Text(body, "environment") is not { Length: > 0 and <= 64 } environment)
        {
            return Results.Json(new { environment = new[] { "This field is required." } }, statusCode: StatusCodes.Status400BadRequest);
        }

        var deploy = new SentryDeploy(
            ++state.LastId, environment, Text(body, "name"), Text(body, "url"), Time(body, "dateStarted"), Time(body, "dateFinished") ?? time.GetUtcNow());
        release.Deploys.Add(deploy);
        file.Save(state);
        return Results.Json(Describe(deploy), statusCode: StatusCodes.Status201Created);
    }

    private IResult ListDeploys(HttpContext http, JsonElement body) =>
        FindRelease(http) is { } release ? Page(http, [.. release.Deploys.AsEnumerable().Reverse().Select(Describe)]) : NotFound();

    /// <remarks>Too coarse for the first minutes of a release: the range is at least an hour, and so is the interval.</remarks>
    private IResult ShowSessions(HttpContext http, JsonElement body)
    {
        var query = http.Request.Query;
        var fields = query["field"].OfType<string>().ToList();
        if (fields.Count == 0)
        {
            return Refusal(StatusCodes.Status400BadRequest, "Request is missing a \"field\"");
        }

        var (from, to) = Range(query);
        from = to - from < TimeSpan.FromHours(1) ? to.AddHours(-1) : from;
        var search = SessionsAskedFor(query["query"].ToString());
        var sessions = SentryEvents.Of(logs, state).Sessions
            .Where(session => IsAskedFor(query, session.App) && session.At >= from && session.At <= to && search(session));
        var groups = query["groupBy"].Contains("release")
            ? sessions.GroupBy(session => session.Release.ToString()).Select(group => (By: (object)new { release = group.Key }, Sessions: group.ToList()))
            : [(By: new { }, Sessions: sessions.ToList())];
        return Results.Json(new
        {
            start = Time(from),
            end = Time(to),
            intervals = new[] { Time(from) },
            groups = groups.Select(group => new
            {
                by = group.By,
                totals = fields.ToDictionary(field => field, field => Total(field, group.Sessions)),
                series = fields.ToDictionary(field => field, field => new[] { Total(field, group.Sessions) }),
            }),
            query = query["query"].ToString(),
        });
    }

    private static Func<SentrySession, bool> SessionsAskedFor(string query)
    {
        var release = query.StartsWith("release:", StringComparison.Ordinal) ? query["release:".Length..].Trim('"') : null;
        return session => release is null || session.Release.Include(release);
    }

    private static double? Total(string field, List<SentrySession> sessions) => field switch
    {
        "sum(session)" => sessions.Count,
        "crash_free_rate(session)" => sessions.Count == 0 ? null : 1 - ((double)sessions.Count(session => session.Crashed) / sessions.Count),
        _ => 0,
    };

    /// <summary>A release that was announced, or that an app has reported from.</summary>
    private SentryRelease? FindRelease(HttpContext http)
    {
        var version = Uri.UnescapeDataString((string)http.GetRouteValue("version")!);
        var heard = SentryEvents.Of(logs, state);
        return state.Releases.Find(release => release.Version == version)
            ?? heard.Sessions.Select(session => (session.At, session.App, session.Release))
                .Concat(heard.Errors.Select(error => (error.At, error.App, error.Release)))
                .Where(report => report.Release.Include(version))
                .OrderBy(report => report.At)
                .Select(report => new SentryRelease { Id = 0, Version = version, Projects = [report.App], CreatedAt = report.At })
                .FirstOrDefault();
    }

    private object Describe(SentryRelease release)
    {
        var heard = SentryEvents.Of(logs, state);
        var events = heard.Errors.Where(error => error.Release.Include(release.Version)).ToList();
        return new
        {
            id = release.Id,
            version = release.Version,
            shortVersion = release.Version,
            status = "open",
            @ref = release.Ref,
            url = (string?)null,
            dateCreated = Time(release.CreatedAt),
            dateReleased = release.ReleasedAt is { } released ? Time(released) : null,
            newGroups = heard.Issues.Count(issue => issue.First.Release.Include(release.Version)),
            firstEvent = events.Count == 0 ? null : Time(events[0].At),
            lastEvent = events.Count == 0 ? null : Time(events[^1].At),
            deployCount = release.Deploys.Count,
            lastDeploy = release.Deploys is [.., var last] ? Describe(last) : null,
            commitCount = 0,
            authors = Array.Empty<object>(),
            projects = release.Projects.Select(project => new { id = ProjectIdOf(project), slug = project, name = project }),
        };
    }

    private static object Describe(SentryDeploy deploy) => new
    {
        id = deploy.Id.ToString(CultureInfo.InvariantCulture),
        environment = deploy.Environment,
        name = deploy.Name,
        url = deploy.Url,
        dateStarted = deploy.StartedAt is { } started ? Time(started) : null,
        dateFinished = Time(deploy.FinishedAt),
    };

    private static object Describe(HttpContext http, SentrySearch search, SentryIssue issue, int number)
    {
        var (status, substatus) = search.StatusOf(issue);
        var app = issue.First.App;
        return new
        {
            id = issue.Id,
            shortId = $"{app.ToUpperInvariant()}-{number}",
            title = issue.Title,
            culprit = issue.First.Culprit,
            permalink = $"{http.Request.Scheme}://{http.Request.Host}/sentry/organizations/{http.GetRouteValue("org")}/issues/{issue.Id}/",
            logger = (string?)null,
            level = "error",
            status,
            substatus,
            isUnhandled = true,
            isPublic = false,
            platform = "python",
            project = new { id = ProjectIdOf(app), name = app, slug = app, platform = "python" },
            type = "error",
            metadata = new { type = issue.First.Type, value = issue.First.Value },
            // Counts of events are texts, those of people are numbers.
            count = issue.Events.Count.ToString(CultureInfo.InvariantCulture),
            userCount = 0,
            firstSeen = Time(issue.FirstSeen),
            lastSeen = Time(issue.Last.At),
            annotations = Array.Empty<object>(),
            assignedTo = (object?)null,
        };
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

    private static async Task<JsonElement?> ReadAsync(HttpContext http)
    {
        try
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            var root = body.Length == 0 ? JsonElement.Parse("{}") : JsonElement.Parse(body.ToArray());
            return root.ValueKind == JsonValueKind.Object ? root : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> Texts(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    private static DateTimeOffset? Time(JsonElement body, string name) =>
        DateTimeOffset.TryParse(Text(body, name), CultureInfo.InvariantCulture, out var time) ? time : null;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    private static IResult NotFound() => Refusal(StatusCodes.Status404NotFound, "The requested resource does not exist");

    private static IResult Refusal(int status, string detail) => Results.Json(new { detail }, statusCode: status);
}
