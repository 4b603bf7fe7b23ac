using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>Issues: what went wrong, and whether somebody has seen to it.</summary>
internal sealed partial class Sentry
{
    private IResult ListIssues(HttpContext http, SentryBody body)
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

    private IResult UpdateIssue(HttpContext http, SentryBody body)
    {
        var id = (string)http.GetRouteValue("issue")!;
        var all = SentryEvents.Of(logs, state).Issues.ToList();
        if (all.Find(candidate => candidate.Id == id) is not { } issue)
        {
            return NotFound();
        }

        switch (body.Text("status"))
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
}
