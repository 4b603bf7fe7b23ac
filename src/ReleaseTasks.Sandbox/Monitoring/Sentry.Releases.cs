using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>Releases and deploys: those that were announced, and those that apps have reported from.</summary>
internal sealed partial class Sentry
{
    /// <remarks>Safe to repeat: a release that's known is answered with 208.</remarks>
    private IResult CreateRelease(HttpContext http, SentryBody body)
    {
        var projects = body.Texts("projects");
        if (body.Text("version") is not { Length: > 0 } version)
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
        added.Ref = body.Text("ref") ?? added.Ref;
        added.ReleasedAt = DateTimeOffset.TryParse(body.Text("dateReleased"), CultureInfo.InvariantCulture, out var released) ? released : added.ReleasedAt;
        if (known is null)
        {
            state.Releases.Add(added);
        }

        file.Save(state);
        return Results.Json(Describe(added), statusCode: known is null ? StatusCodes.Status201Created : StatusCodes.Status208AlreadyReported);
    }

    private IResult ShowRelease(HttpContext http, SentryBody body) => FindRelease(http) is { } release ? Results.Json(Describe(release)) : NotFound();

    private IResult CreateDeploy(HttpContext http, SentryBody body)
    {
        if (FindRelease(http) is not { } release || !state.Releases.Contains(release))
        {
            return NotFound();
        }

        if (body.Text("environment") is not { Length: > 0 and <= 64 } environment)
        {
            return Results.Json(new { environment = new[] { "This field is required." } }, statusCode: StatusCodes.Status400BadRequest);
        }

        var deploy = new SentryDeploy(
            ++state.LastId, environment, body.Text("name"), body.Text("url"), body.Time("dateStarted"), body.Time("dateFinished") ?? time.GetUtcNow());
        release.Deploys.Add(deploy);
        file.Save(state);
        return Results.Json(Describe(deploy), statusCode: StatusCodes.Status201Created);
    }

    private IResult ListDeploys(HttpContext http, SentryBody body) =>
        FindRelease(http) is { } release ? Page(http, [.. release.Deploys.AsEnumerable().Reverse().Select(Describe)]) : NotFound();

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
}
