using System.Text;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Heroku.Http;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/streams/{id}</c>: an <c>output_stream_url</c>, as text that can be resumed with <c>Range</c>, or as events.</summary>
internal sealed class StreamRequests(Platform platform)
{
    public void Map(HerokuRoutes routes) => routes.Open("GET", "/streams/{id}", ReadAsync);

    private async Task ReadAsync(HttpContext context)
    {
        var id = HerokuRoutes.IdOf(context, "stream");
        var stream = platform.Streams.Find(id) ?? throw Refusal.NotFound("stream");
        if (context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            await SendEventsAsync(context, stream);
        }
        else
        {
            await SendTextAsync(context, stream);
        }
    }

    private async Task SendTextAsync(HttpContext context, OutputStream stream)
    {
        var range = context.Request.Headers.Range.ToString();
        var offset = range.StartsWith("bytes=", StringComparison.Ordinal) && int.TryParse(range["bytes=".Length..].TrimEnd('-'), out var from) ? from : 0;
        context.Response.StatusCode = offset > 0 ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await SendAsync(context, stream, offset, text => text);
    }

    private async Task SendEventsAsync(HttpContext context, OutputStream stream)
    {
        var offset = int.TryParse(context.Request.Headers["Last-Event-Id"], out var last) ? last : 0;
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync("retry: 10\n\n", context.RequestAborted);
        await SendAsync(context, stream, offset, text =>
        {
            offset += text.Length;
            var data = string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"data: {line}\n"));
            return $"id: {offset}\n{data}\n";
        });
    }

    private async Task SendAsync(HttpContext context, OutputStream stream, int offset, Func<string, string> format)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, platform.Background.Stopping);
        await context.Response.StartAsync(stopping.Token);
        await stream.CopyAsync(
            offset,
            async text =>
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(format(text)), stopping.Token);
                await context.Response.Body.FlushAsync(stopping.Token);
            },
            stopping.Token);
    }
}
