using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>Writes down the requests that may change the world, <c>PUT /api/v3/repos/zupo/sushi/pulls/3/merge</c>, in their order.</summary>
internal sealed partial class RequestLog
{
    private readonly ConcurrentQueue<string> _changes = new();

    /// <summary>With a star for what has another name each time, as faults are scripted.</summary>
    public IReadOnlyList<string> Changes => [.. _changes];

    public Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        var request = $"{context.Request.Method} {context.Request.Path}";
        if (FaultWords.IsChange(request))
        {
            _changes.Enqueue(Ids().Replace(request, "*"));
        }

        return next(context);
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Ids();
}
