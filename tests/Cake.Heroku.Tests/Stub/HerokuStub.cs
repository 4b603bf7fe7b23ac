using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cake.Heroku.Tests.Stub;

/// <summary>
/// Both of Heroku's APIs on a loopback port, in literal text. What it isn't told to answer, it answers with 599, and the test fails.
/// </summary>
internal sealed class HerokuStub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Queue<Reply>> _replies = new();
    private readonly ConcurrentQueue<Received> _requests = new();
    private readonly List<HerokuClients> _clients = [];
    private readonly WebApplication _server;

    private HerokuStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public Uri Address => new(_server.Urls.Single());

    /// <summary>All that was asked, in order.</summary>
    public IReadOnlyList<Received> Requests => [.. _requests];

    public IEnumerable<string> Lines => Requests.Select(request => request.Line);

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["HEROKU_HOST"] = Address.AbsoluteUri,
        ["HEROKU_DATA_HOST"] = "127.0.0.1",
        ["HEROKU_API_KEY"] = "not-a-token",
    };

    public static async Task<HerokuStub> StartAsync()
    {
        var stub = new HerokuStub();
        await stub._server.StartAsync();
        return stub;
    }

    /// <param name="request">Method and path, such as <c>GET /apps/sushi</c>.</param>
    /// <param name="replies">In turn; the last one again and again.</param>
    public HerokuStub On(string request, params Reply[] replies)
    {
        _replies[request] = new(replies);
        return this;
    }

    public HerokuClients Connect(TimeProvider? time = null)
    {
        var clients = HerokuClients.FromEnvironment(Environment, time ?? new HastyTime());
        _clients.Add(clients);
        return clients;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(clients => clients.Dispose());
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        var request = new Received(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await body.ReadToEndAsync());
        _requests.Enqueue(request);
        await SendAsync(context, Next(request.Line));
    }

    private Reply Next(string line)
    {
        if (!_replies.TryGetValue(line, out var replies))
        {
            return Reply.Json(599, $$"""{"id": "unexpected", "message": "The test expects no {{line}}"}""");
        }

        lock (replies)
        {
            return replies.Count > 1 ? replies.Dequeue() : replies.Peek();
        }
    }

    private static async Task SendAsync(HttpContext context, Reply reply)
    {
        if (reply.Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(
                _ => { },
                TaskScheduler.Default);
            return;
        }

        if (reply.Drops && reply.Body.Length == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.Headers["Request-Id"] = "4f1c-of-the-stub";
        foreach (var (name, value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (reply.Drops)
        {
            context.Response.ContentLength = Encoding.UTF8.GetByteCount(reply.Body) + 100;
            await context.Response.WriteAsync(reply.Body);
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        await context.Response.WriteAsync(reply.Body);
    }
}

internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Line => $"{Method} {Path}";
}

internal sealed record Reply(int Status, string Body)
{
    public static readonly Reply Dropped = new(0, "") { Drops = true };

    public static readonly Reply Hanging = new(0, "") { Hangs = true };

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Closes the connection: at once, or after the body where there is one.</summary>
    public bool Drops { get; init; }

    public bool Hangs { get; init; }

    public static Reply Json(int status, string body) => new(status, body);

    public static Reply Ok(string body) => new(200, body);

    public static Reply Error(int status, string id, string message) => new(status, $$"""{"id": "{{id}}", "message": "{{message}}"}""");

    public Reply With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };
}
