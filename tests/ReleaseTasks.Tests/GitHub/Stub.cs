using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ReleaseTasks.Tests.GitHub;

/// <summary>A loopback server that answers with literal text and remembers what it was asked.</summary>
internal sealed class Stub : IAsyncDisposable
{
    private const int Never = -1;

    private readonly ConcurrentQueue<Asked> _asked = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Answer>> _answers = [];
    private readonly WebApplication _server;

    private Stub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public IReadOnlyList<Asked> Requests => [.. _asked];

    public static async Task<Stub> StartAsync()
    {
        var stub = new Stub();
        await stub._server.StartAsync();
        return stub;
    }

    /// <summary>
    /// Answers a request such as <c>GET /user</c>, query included where it has one; several answers are given in turn, the last one for
    /// good.
    /// </summary>
    public Stub On(string request, string body, int status = 200, params (string Name, string Value)[] headers)
    {
        _answers.GetOrAdd(request, _ => []).Enqueue(new(status, body, headers));
        return this;
    }

    /// <summary>Takes the request and hangs up.</summary>
    public Stub HangUpOn(string request) => On(request, "", 0);

    /// <summary>Takes the request and never answers.</summary>
    public Stub HangOn(string request) => On(request, "", Never);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = context.Request.GetEncodedPathAndQuery();
        _asked.Enqueue(
            new($"{context.Request.Method} {path}", body, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString())));

        var answer = Next($"{context.Request.Method} {path}") ?? Next($"{context.Request.Method} {path.Split('?')[0]}");
        if (answer is { Status: Never })
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        if (answer is { Status: 0 })
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer?.Status ?? 404;
        context.Response.ContentType = "application/json; charset=utf-8";
        foreach (var (name, value) in answer?.Headers ?? [])
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(answer?.Body ?? """{"message":"Not Found"}""");
    }

    private Answer? Next(string request) =>
        !_answers.TryGetValue(request, out var answers) ? null
        : answers.Count > 1 && answers.TryDequeue(out var next) ? next
        : answers.TryPeek(out var last) ? last
        : null;

    internal sealed record Asked(string Request, string Body, IReadOnlyDictionary<string, string> Headers);

    private sealed record Answer(int Status, string Body, (string Name, string Value)[] Headers);
}
