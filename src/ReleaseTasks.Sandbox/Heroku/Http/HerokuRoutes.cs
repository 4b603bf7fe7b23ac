using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary>
/// The requests of both APIs, with what is the same for all of them: who asks, in which version, how often, and an answer with an
/// ETag. Reading and changing run under the world's lock, so that no request sees another's half-done work.
/// </summary>
internal sealed class HerokuRoutes(IEndpointRouteBuilder routes, HerokuStore store, RateLimit limit)
{
    /// <summary>A request that reads the world.</summary>
    public void Get(string pattern, Func<HerokuWorld, HerokuRequest, Answer> answer) =>
        On("GET", pattern, request => Task.FromResult(store.Read(world => answer(world, request))));

    /// <summary>A request that asks without changing, yet isn't a GET.</summary>
    public void Query(string method, string pattern, Func<HerokuWorld, HerokuRequest, Answer> answer) =>
        On(method, pattern, request => Task.FromResult(store.Read(world => answer(world, request))));

    /// <summary>A request that changes the world, which is saved before the answer.</summary>
    public void Change(string method, string pattern, Func<HerokuWorld, HerokuRequest, Answer> answer) =>
        On(method, pattern, request => Task.FromResult(store.Change(world => answer(world, request))));

    /// <summary>A request that has to wait for something else.</summary>
    public void On(string method, string pattern, Func<HerokuRequest, Task<Answer>> answer, bool counts = true) =>
        routes.MapMethods(pattern, [method], context => AnswerAsync(context, answer, counts));

    /// <summary>A URL that was handed out and needs no token: a stream, an upload.</summary>
    public void Open(string method, string pattern, RequestDelegate answer) => routes.MapMethods(pattern, [method], async context =>
    {
        try
        {
            await answer(context);
        }
        catch (Refusal refusal) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, Answer.Of(refusal));
        }
    });

    /// <summary>The id in such a URL.</summary>
    public static Guid IdOf(HttpContext context, string resource) =>
        Guid.TryParse((string?)context.GetRouteValue("id"), out var id) ? id : throw Refusal.NotFound(resource);

    private async Task AnswerAsync(HttpContext context, Func<HerokuRequest, Task<Answer>> answer, bool counts)
    {
        try
        {
            CheckVersion(context.Request);
            var account = Authenticate(context.Request);
            try
            {
                if (counts)
                {
                    limit.Take(account);
                }
            }
            finally
            {
                context.Response.Headers["RateLimit-Remaining"] = limit.Remaining(account).ToString(CultureInfo.InvariantCulture);
                context.Response.Headers["RateLimit-Multiplier"] = "1";
            }

            var body = await Body.ReadAsync(context.Request.Body, context.RequestAborted);
            await WriteAsync(context, await answer(new HerokuRequest(context, account, body)));
        }
        catch (Refusal refusal)
        {
            await WriteAsync(context, Answer.Of(refusal));
        }
    }

    private static void CheckVersion(HttpRequest request)
    {
        if (!request.Headers.Accept.Any(a => a?.Contains("version=3", StringComparison.Ordinal) ?? false))
        {
            throw new Refusal(406, "not_acceptable", "The version of the API isn't given: send Accept: application/vnd.heroku+json; version=3.");
        }
    }

    private Guid Authenticate(HttpRequest request)
    {
        var key = KeyOf(request.Headers.Authorization.ToString());
        return store.Read(world => world.Accounts.Find(a => a.ApiKey == key)?.Id) ?? throw new Refusal(401, "unauthorized", "Invalid credentials provided.");
    }

    // Basic carries the key as its password, as git and netrc users send it.
    internal static string? KeyOf(string authorization)
    {
        if (authorization.Split(' ', 2) is not [var scheme, var value])
        {
            return null;
        }

        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return value;
        }

        var buffer = new byte[value.Length];
        return scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && Convert.TryFromBase64String(value, buffer, out var length)
            ? Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2)[^1]
            : null;
    }

    private static async Task WriteAsync(HttpContext context, Answer answer)
    {
        var response = context.Response;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        var body = answer.Body is null ? [] : Encoding.UTF8.GetBytes(answer.Body.ToJsonString());
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"";
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "private, no-cache";
        if (HttpMethods.IsGet(context.Request.Method) && answer.Status < 300 && context.Request.Headers.IfNoneMatch.Contains(tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = answer.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>An error's JSON for answers that aren't of this class.</summary>
    public static Task RefuseAsync(HttpContext context, Refusal refusal) => WriteAsync(context, Answer.Of(refusal));
}
