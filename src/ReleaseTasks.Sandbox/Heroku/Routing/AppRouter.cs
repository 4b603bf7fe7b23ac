using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Heroku.World;
using Yarp.ReverseProxy.Forwarder;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Heroku's router: leads a request for <c>{app}.localhost</c> to one of the app's web dynos, or says why it can't.</summary>
internal sealed class AppRouter(Platform platform) : IDisposable
{
    private const string Domain = ".localhost";
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
    });

    public static Uri WebUrl(Uri sandbox, App app) => new($"http://{app.Name}{Domain}:{sandbox.Port}/");

    public async Task RouteAsync(HttpContext context, IHttpForwarder forwarder, RequestDelegate next)
    {
        if (!context.Request.Host.Host.EndsWith(Domain, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var name = context.Request.Host.Host[..^Domain.Length];
        var clock = Stopwatch.StartNew();
        var (app, refused, web) = await ChooseAsync(name, clock, context.RequestAborted);
        if (app is null)
        {
            await ErrorPages.NoSuchAppAsync(context);
        }
        else if (refused is not null)
        {
            await RefuseAsync(context, app, refused, dyno: null, clock);
        }
        else
        {
            await ForwardAsync(context, forwarder, app, web!, clock);
        }
    }

    public void Dispose() => _client.Dispose();

    // While dynos start, requests wait for them, but not for ever.
    private async Task<(App? App, RouterError? Refused, Dyno? Web)> ChooseAsync(string name, Stopwatch clock, CancellationToken ct)
    {
        while (true)
        {
            var choice = platform.Store.Read(world => Choose(world.FindApp(name)));
            if (choice.Refused != RouterError.BootTimeout || clock.Elapsed > platform.Parts.Options.QueueLimit)
            {
                return choice;
            }

            await Task.Delay(Moment, platform.Parts.Options.Machine, ct);
        }
    }

    private (App? App, RouterError? Refused, Dyno? Web) Choose(App? app)
    {
        if (app is null)
        {
            return default;
        }

        if (app.Maintenance)
        {
            return (app, RouterError.Maintenance, null);
        }

        if (app.CurrentSlug is null)
        {
            return (app, RouterError.BlankApp, null);
        }

        var dynos = platform.Fleet.Of(app).Where(d => d.Type == "web").ToList();
        var up = dynos.FindAll(d => d.State == "up" && d.Process?.Address is not null);
        return up.Count > 0 ? (app, null, up[Random.Shared.Next(up.Count)])
            : dynos.Count == 0 ? (app, RouterError.NoWebDynos, null)
            : dynos.TrueForAll(d => d.State == "crashed") ? (app, RouterError.Crashed, null)
            : (app, RouterError.BootTimeout, null);
    }

    private async Task ForwardAsync(HttpContext context, IHttpForwarder forwarder, App app, Dyno web, Stopwatch clock)
    {
        var prefix = web.Process!.Address!.GetLeftPart(UriPartial.Authority);
        var error = await forwarder.SendAsync(context, prefix, _client, new ForwarderRequestConfig { ActivityTimeout = platform.Parts.Options.RequestLimit }, (_, request) =>
        {
            request.Headers.Host = context.Request.Host.Value;
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", "127.0.0.1");
            request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", "http");
            request.Headers.TryAddWithoutValidation("X-Request-Id", context.TraceIdentifier);
            request.Headers.TryAddWithoutValidation("Via", "1.1 vegur");
            return ValueTask.CompletedTask;
        });

        if (error == ForwarderError.None)
        {
            Log(context, app, "info", web.Name, clock, error: null);
        }
        else if (error == ForwarderError.ResponseBodyDestination)
        {
            // The forwarder has cut the visitor's connection, so that nobody takes the half for the whole.
            Log(context, app, "error", web.Name, clock, RouterError.ServerInterrupted);
        }
        else if (context.RequestAborted.IsCancellationRequested)
        {
            Log(context, app, "info", web.Name, clock, RouterError.ClientInterrupted);
        }
        else
        {
            await RefuseAsync(context, app, Explain(context, error), web.Name, clock);
        }
    }

    private static RouterError Explain(HttpContext context, ForwarderError error) => error switch
    {
        ForwarderError.RequestTimedOut => RouterError.RequestTimeout,
        _ when context.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => RouterError.BadResponse,
        _ when context.GetForwarderErrorFeature()?.Exception is { } e && IsRefusedConnection(e) => RouterError.ConnectionRefused,
        _ => RouterError.ConnectionClosed,
    };

    private static bool IsRefusedConnection(Exception? e) =>
        e is not null && (e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } || IsRefusedConnection(e.InnerException));

    private async Task RefuseAsync(HttpContext context, App app, RouterError error, string? dyno, Stopwatch clock)
    {
        context.Response.StatusCode = error.Status;
        Log(context, app, error == RouterError.Maintenance ? "info" : "error", dyno, clock, error);
        await ErrorPages.WriteAsync(context, error, platform.Store.Read(_ => app.ConfigVars.GetValueOrDefault(error.PageVar)));
    }

    private void Log(HttpContext context, App app, string level, string? dyno, Stopwatch clock, RouterError? error)
    {
        var request = context.Request;
        var code = error is null ? "" : $" code={error.Code} desc=\"{error.Description}\"";
        var time = clock.ElapsedMilliseconds;
        platform.Log(app, "heroku", "router",
            $"at={level}{code} method={request.Method} path=\"{request.Path}{request.QueryString}\" host={request.Host.Value} request_id={context.TraceIdentifier} "
            + $"fwd=\"127.0.0.1\" dyno={dyno} connect={(dyno is null ? "" : "0ms")} service={(dyno is null ? "" : $"{time}ms")} status={context.Response.StatusCode} "
            + $"bytes={context.Response.ContentLength ?? 0} protocol={request.Scheme}");
    }
}
