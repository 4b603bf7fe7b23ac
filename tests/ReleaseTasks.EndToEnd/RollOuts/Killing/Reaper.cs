using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>When a request's client dies: before anything is done, or when all is done and the answer is on its way.</summary>
internal enum Moment
{
    Before,
    After,
}

/// <summary>Counts the requests that change the world, and ends the client at one of them as a power cut would.</summary>
/// <param name="isDue">At which: its number, from 0, and what it asks for.</param>
internal sealed class Reaper(Func<int, string, bool> isDue, Moment moment)
{
    private readonly Lock _lock = new();
    private readonly List<string> _seen = [];

    /// <summary>In their order: <c>PUT /api/v3/repos/zupo/sushi/pulls/3/merge</c>.</summary>
    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_lock)
            {
                return [.. _seen];
            }
        }
    }

    /// <summary>The client's process.</summary>
    public int Victim { get; set; }

    public bool Struck { get; private set; }

    /// <summary>Only counts.</summary>
    public static Reaper Idle => new((_, _) => false, Moment.Before);

    /// <summary>Strikes at the first such request.</summary>
    public static Reaper At(string request, Moment moment) => new((_, found) => found == request, moment);

    public async Task MeddleAsync(HttpContext context, RequestDelegate next)
    {
        if (IsQuestion(context.Request) || !IsDue($"{context.Request.Method} {context.Request.Path}"))
        {
            await next(context);
            return;
        }

        if (moment == Moment.After)
        {
            await DoUnheardAsync(context, next);
        }

        Process.GetProcessById(Victim).Kill();
        context.Abort();
    }

    /// <summary>A log session is asked for by POST, as often as the log is looked at.</summary>
    private static bool IsQuestion(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || request.Path.Value!.EndsWith("/log-sessions", StringComparison.Ordinal);

    private bool IsDue(string request)
    {
        lock (_lock)
        {
            _seen.Add(request);
            return !Struck && (Struck = isDue(_seen.Count - 1, request));
        }
    }

    /// <summary>Nothing of the answer reaches the client.</summary>
    private static async Task DoUnheardAsync(HttpContext context, RequestDelegate next)
    {
        var client = context.Response.Body;
        using var unheard = new MemoryStream();
        context.Response.Body = unheard;
        await next(context);
        context.Response.Body = client;
    }
}
