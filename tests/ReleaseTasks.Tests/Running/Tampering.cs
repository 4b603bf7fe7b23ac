using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Tests.Running;

/// <summary>Somebody between the program and the stand-ins, who changes what they answer.</summary>
internal static class Tampering
{
    /// <param name="request"><c>GET /apps/sushi</c>, without its query.</param>
    /// <param name="change">Gets the answer and gives another.</param>
    public static Func<HttpContext, RequestDelegate, Task> Instead(string request, Func<JsonNode, JsonNode> change) =>
        On(request, Rewriting(answer => Encoding.UTF8.GetBytes(change(JsonNode.Parse(answer)!).ToJsonString())));

    /// <summary>Any answer, byte by byte.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Rewriting(Func<byte[], byte[]> change) => async (context, next) =>
        await SendAsync(context, change(await HeldBackAsync(context, next)));

    /// <param name="request">As above.</param>
    /// <param name="change">Changes the answer in place.</param>
    public static Func<HttpContext, RequestDelegate, Task> With(string request, Action<JsonNode> change) => Instead(request, answer =>
    {
        change(answer);
        return answer;
    });

    /// <summary>What happens in the world when somebody asks, the first time.</summary>
    public static Func<HttpContext, RequestDelegate, Task> Before(string request, Func<Task> happens)
    {
        var happened = 0;
        return On(request, async (context, next) =>
        {
            if (Interlocked.Exchange(ref happened, 1) == 0)
            {
                await happens();
            }

            await next(context);
        });
    }

    public static Func<HttpContext, RequestDelegate, Task> On(string request, Func<HttpContext, RequestDelegate, Task> instead) =>
        (context, next) => $"{context.Request.Method} {context.Request.Path}" == request ? instead(context, next) : next(context);

    private static async Task<byte[]> HeldBackAsync(HttpContext context, RequestDelegate next)
    {
        var wire = context.Response.Body;
        using var held = new MemoryStream();
        context.Response.Body = held;
        await next(context);
        context.Response.Body = wire;
        return held.ToArray();
    }

    private static async Task SendAsync(HttpContext context, byte[] answer)
    {
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer);
    }
}
