using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>What every request goes through, whichever stand-in answers it.</summary>
internal static class Pipeline
{
    /// <summary>Gives every answer a <c>Request-Id</c>, and turns a fault of ours into an answer that says so.</summary>
    public static void UseRequestIds(this IApplicationBuilder app, Troubles troubles) => app.Use(async (context, next) =>
    {
        context.TraceIdentifier = Guid.NewGuid().ToString();
        context.Response.Headers["Request-Id"] = context.TraceIdentifier;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left: there's nobody to answer.
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, e.StatusCode, "bad_request", e.Message);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            troubles.RememberFailure($"{context.Request.Method} {context.Request.Path}", e);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, "sandbox_fault", $"The sandbox itself failed: {e.Message}");
        }
    });

    /// <summary>Answers 501 to what no stand-in knows, and remembers it.</summary>
    public static void MapUnknown(this WebApplication app, Troubles troubles) => app.MapFallback("{*path}", context =>
    {
        var request = $"{context.Request.Method} {context.Request.Path}";
        troubles.RememberUnknown(request);
        return AnswerAsync(context, StatusCodes.Status501NotImplemented, "not_implemented", $"The sandbox doesn't know {request}.");
    });

    private static Task AnswerAsync(HttpContext context, int status, string id, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { id, message });
    }
}
