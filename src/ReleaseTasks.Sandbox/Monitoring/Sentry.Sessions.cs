using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>Sessions: how many visits a release had, and how many of them crashed.</summary>
internal sealed partial class Sentry
{
    /// <remarks>Too coarse for the first minutes of a release: the range is at least an hour, and so is the interval.</remarks>
    private IResult ShowSessions(HttpContext http, SentryBody body)
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
}
