using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Answers one request; the world is locked meanwhile.</summary>
internal delegate Task<GitHubAnswer> GitHubHandler(GitHubCall call, CancellationToken ct);

/// <summary>What all requests to the REST API have in common: who asks, how often, request ids, ETags, errors.</summary>
internal sealed class GitHubRoutes(IEndpointRouteBuilder routes, GitHubWorld world, RateLimits limits)
{
    private const string Prefix = "/api/v3";
    private const string ByName = "/repos/{owner}/{repo}";
    private const string ById = "/repositories/{repositoryId}"; // where GitHub's own paging links lead

    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Get(string path, GitHubHandler handler) => Map("GET", path, handler);

    public void Post(string path, GitHubHandler handler) => Map("POST", path, handler);

    public void Put(string path, GitHubHandler handler) => Map("PUT", path, handler);

    public void Patch(string path, GitHubHandler handler) => Map("PATCH", path, handler);

    public void Delete(string path, GitHubHandler handler) => Map("DELETE", path, handler);

    private void Map(string method, string path, GitHubHandler handler)
    {
        routes.MapMethods(Prefix + path, [method], http => ServeAsync(http, handler));
        if (path.StartsWith(ByName, StringComparison.Ordinal))
        {
            routes.MapMethods(Prefix + ById + path[ByName.Length..], [method], http => ServeAsync(http, handler));
        }
    }

    private async Task ServeAsync(HttpContext http, GitHubHandler handler)
    {
        var ct = http.RequestAborted;
        http.Response.Headers["X-GitHub-Request-Id"] = RequestId();
        http.Response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        Account? viewer = null;
        GitHubAnswer answer;
        try
        {
            viewer = Authenticate(http.Request);
            RefuseAnonymousWrites(http.Request, viewer);
            limits.Check(viewer, http.Request);
            RefuseConditionalWrites(http.Request);
            answer = await AnswerAsync(new GitHubCall(http, world, limits, viewer), handler, ct);
        }
        catch (GitHubRefusal refusal)
        {
            answer = refusal.Answer;
        }

        await WriteAsync(http, answer, viewer, ct);
    }

    private async Task<GitHubAnswer> AnswerAsync(GitHubCall call, GitHubHandler handler, CancellationToken ct)
    {
        await call.ReadBodyAsync(ct);
        using var locked = await world.EnterAsync(ct);
        var answer = await handler(call, ct);
        if (!call.Reads)
        {
            world.Save();
        }

        return answer;
    }

    /// <exception cref="GitHubRefusal">The token isn't one of ours. A missing one is fine: whoever has none just sees nothing.</exception>
    private Account? Authenticate(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.Headers.UserAgent))
        {
            throw new GitHubRefusal(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.");
        }

        return Credentials.TokenOf(request) is not { } token
            ? null
            : world.FindAccountByToken(token) ?? throw new GitHubRefusal(401, "Bad credentials");
    }

    private static void RefuseAnonymousWrites(HttpRequest request, Account? viewer)
    {
        if (viewer is null && !HttpMethods.IsGet(request.Method))
        {
            throw new GitHubRefusal(401, "Requires authentication");
        }
    }

    /// <summary>GitHub has no conditional writes and refuses to look as if it had.</summary>
    private static void RefuseConditionalWrites(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && (request.Headers.IfMatch.Count > 0 || request.Headers.IfNoneMatch.Count > 0))
        {
            throw new GitHubRefusal(
                400, "Conditional request headers are not allowed in unsafe requests unless supported by the endpoint");
        }
    }

    private async Task WriteAsync(HttpContext http, GitHubAnswer answer, Account? viewer, CancellationToken ct)
    {
        var response = http.Response;
        var body = answer.Body as byte[] ?? (answer.Body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(answer.Body, Format));
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        response.StatusCode = answer.Status;
        if (HttpMethods.IsGet(http.Request.Method) && answer.Status == 200)
        {
            var etag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"";
            response.Headers.ETag = etag;
            response.Headers.CacheControl = "private, max-age=60, s-maxage=60";
            if (http.Request.Headers.IfNoneMatch == etag)
            {
                // An answer that the client already had isn't counted.
                limits.GiveBack(viewer);
                response.StatusCode = 304;
                body = [];
            }
        }

        limits.Write(viewer, response);
        if (body.Length > 0)
        {
            response.ContentType = answer.ContentType;
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, ct);
        }
    }

    private static string RequestId()
    {
        var id = Convert.ToHexString(RandomNumberGenerator.GetBytes(18));
        return $"{id[..4]}:{id[4..10]}:{id[10..17]}:{id[17..24]}:{id[24..32]}";
    }
}
