using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/log-sessions</c>, and the log behind the <c>logplex_url</c> that they hand out.</summary>
internal sealed class LogRequests(Platform platform)
{
    private const int History = 1500;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<Guid, Session> _sessions = new();

    public void Map(HerokuRoutes routes)
    {
        routes.Query("POST", "/apps/{app}/log-sessions", Create);
        routes.Open("GET", "/log-sessions/{id}", ReadAsync);
    }

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var (app, body) = (request.App(world), request.Body);
        var lines = body.Number("lines") ?? 100;
        if (lines is < 0 or > History)
        {
            throw Refusal.InvalidParams($"Invalid param lines: at most {History} lines are kept.");
        }

        var now = platform.Now;
        var session = new Session(app.Name, lines, body.Flag("tail") ?? false, body.Text("source"), body.Text("dyno") ?? body.Text("dyno_name"), now + Lifetime);
        var id = Guid.NewGuid();
        _sessions[id] = session;
        return Answer.Created(new JsonObject
        {
            ["created_at"] = Json.Time(now),
            ["id"] = id,
            ["logplex_url"] = platform.UrlOf($"log-sessions/{id}").AbsoluteUri,
            ["updated_at"] = Json.Time(now),
        });
    }

    private async Task ReadAsync(HttpContext context)
    {
        var id = HerokuRoutes.IdOf(context, "log session");
        if (!_sessions.TryGetValue(id, out var session) || session.Until < platform.Now)
        {
            throw Refusal.NotFound("log session");
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, platform.Background.Stopping);
        var events = context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal);
        context.Response.ContentType = events ? "text/event-stream" : "text/plain; charset=utf-8";
        if (events)
        {
            // Clients come back this soon after the end, and give up when there's nothing more: 3 seconds would be their own idea.
            await context.Response.WriteAsync("retry: 10\n\n", stopping.Token);
        }

        try
        {
            await SendAsync(context, session, events, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader has left, or the sandbox stops.
        }
    }

    private async Task SendAsync(HttpContext context, Session session, bool events, CancellationToken ct)
    {
        var log = platform.Parts.Logs.Of(session.App);
        var resumed = long.TryParse(context.Request.Headers["Last-Event-Id"], CultureInfo.InvariantCulture, out var last);
        var all = resumed ? log.After(last) : log.Recent(History);
        var recent = all.Where(session.Wants).ToList();
        var end = all is [.., var newest] ? newest.Number : last;
        foreach (var line in resumed ? recent : recent.Skip(recent.Count - session.Lines))
        {
            await SendAsync(context, line, events, ct);
        }

        // The headers go out no earlier than here: whoever has them misses nothing from now on.
        await context.Response.Body.FlushAsync(ct);
        if (!session.Tail)
        {
            return;
        }

        await foreach (var line in log.FollowAsync(end, ct))
        {
            if (session.Wants(line))
            {
                await SendAsync(context, line, events, ct);
                await context.Response.Body.FlushAsync(ct);
            }
        }
    }

    /// <summary>A line, unless the stream was told to break off before it.</summary>
    private async Task SendAsync(HttpContext context, LogLine line, bool events, CancellationToken ct)
    {
        if (platform.Parts.Faults.Next(FaultWords.LogStream) is not null)
        {
            await context.Response.Body.FlushAsync(ct);
            throw new BrokenOffException();
        }

        await context.Response.WriteAsync(Format(line, events), ct);
    }

    private static string Format(LogLine line, bool events) => events ? $"id: {line.Number}\ndata: {line}\n\n" : $"{line}\n";

    private sealed record Session(string App, int Lines, bool Tail, string? Source, string? Dyno, DateTimeOffset Until)
    {
        public bool Wants(LogLine line) =>
            (Source is null || line.Source == Source)
            && (Dyno is null || line.Process == Dyno || line.Process.StartsWith($"{Dyno}.", StringComparison.Ordinal));
    }
}
