using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Dynos;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>Dynos without processes: a command says <c>echo</c> lines and ends as it's told.</summary>
internal sealed class FakeDynos : IDynos
{
    private readonly ConcurrentQueue<DynoStart> _runs = new();

    public string? Notice => null;

    /// <summary>What was run to its end, in order.</summary>
    public IReadOnlyList<DynoStart> Runs => [.. _runs];

    /// <summary>The exit status of a command, and what it prints. Default: 0 and the command itself.</summary>
    public Func<DynoStart, (int Status, string Output)> Result { get; set; } = start => (0, $"ran {start.Command}");

    /// <summary>What web dynos answer. Default: who they are and what they were asked.</summary>
    public RequestDelegate? Serving { get; set; }

    /// <summary>Where web dynos say they listen, when it isn't the server that they start.</summary>
    public Uri? Elsewhere { get; set; }

    /// <summary>Commands wait for this before they end, processes before they're up.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The next processes that are started end at once with this status.</summary>
    public int? Crash { get; set; }

    public async Task<int> RunAsync(DynoStart start, Action<string> output, CancellationToken ct)
    {
        _runs.Enqueue(start);
        var (status, text) = Result(start);
        output(text);
        await Gate.WaitAsync(ct);
        return status;
    }

    public async Task<int> RunAttachedAsync(DynoStart start, Terminal terminal, CancellationToken ct)
    {
        _runs.Enqueue(start);
        var (status, text) = Result(start);
        await terminal.Output.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await Gate.WaitAsync(ct);
        return status;
    }

    public async Task<IDyno> StartAsync(DynoStart start, Action<string> output, CancellationToken ct)
    {
        if (Crash is { } status)
        {
            output("Traceback (most recent call last):");
            return new Process(start.Name, null, null, status);
        }

        await Gate.WaitAsync(ct);
        return new Process(start.Name, start.Name.StartsWith("web.", StringComparison.Ordinal) ? await ServeAsync(start, ct) : null, Elsewhere, null);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<WebApplication> ServeAsync(DynoStart start, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        web.Run(context => Serving?.Invoke(context) ?? context.Response.WriteAsync($"{start.Name} of {start.App}: {context.Request.Path} for {context.Request.Host}"));
        await web.StartAsync(ct);
        return web;
    }

    private sealed class Process(string name, WebApplication? web, Uri? elsewhere, int? crashed) : IDyno
    {
        private readonly TaskCompletionSource<int> _exited = crashed is { } status ? Ended(status) : new();

        public string Name => name;

        public Uri? Address { get; } = web is null ? null : elsewhere ?? new Uri(web.Urls.Single());

        public Task<int> Exited => _exited.Task;

        public async ValueTask DisposeAsync()
        {
            if (web is not null)
            {
                await web.DisposeAsync();
            }

            _exited.TrySetResult(143);
        }

        private static TaskCompletionSource<int> Ended(int status)
        {
            var ended = new TaskCompletionSource<int>();
            ended.SetResult(status);
            return ended;
        }
    }
}
