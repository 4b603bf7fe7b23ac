using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Dynos;

/// <summary>Where the machine can't run the app, something that is up in its place: a web dyno answers every request with a line of text.</summary>
internal sealed class PlaceholderDyno : IDyno
{
    private readonly WebApplication? _web;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PlaceholderDyno(string name, WebApplication? web) => (Name, _web, Address) = (name, web, web is null ? null : new Uri(web.Urls.Single()));

    public string Name { get; }

    public Uri? Address { get; }

    public Task<int> Exited => _exited.Task;

    public static async Task<IDyno> StartAsync(DynoStart start, Action<string> output, CancellationToken ct)
    {
        output($"{start.Name} is simulated: this machine can't run {start.App}.");
        var web = start.IsWeb ? Serve($"{start.App} is simulated.\n") : null;
        await (web?.StartAsync(ct) ?? Task.CompletedTask);
        return new PlaceholderDyno(start.Name, web);
    }

    public async ValueTask DisposeAsync()
    {
        await (_web?.DisposeAsync() ?? ValueTask.CompletedTask);
        _exited.TrySetResult(128 + 15); // SIGTERM
    }

    /// <summary>By whatever host name it is asked, as the router asks it by the app's.</summary>
    private static WebApplication Serve(string text)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        web.Run(http =>
        {
            http.Response.ContentType = "text/plain";
            return http.Response.WriteAsync(text);
        });
        return web;
    }
}
