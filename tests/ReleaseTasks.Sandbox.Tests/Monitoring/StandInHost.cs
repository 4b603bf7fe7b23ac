using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Tests.Monitoring;

/// <summary>One stand-in alone on a port of its own, with a clock and the apps' logs.</summary>
internal sealed class StandInHost : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("stand-in-").FullName;
    private readonly WebApplication web;

    private StandInHost(Func<StandInHost, IStandIn> standIn)
    {
        Logs = new AppLogs(Path.Combine(directory, "logs"), Time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        web = builder.Build();
        web.UseRouting();
        StandIn = standIn(this);
        StandIn.Map(web);
    }

    public IStandIn StandIn { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    public AppLogs Logs { get; }

    public Uri Address => new(web.Urls.Single());

    public static async Task<StandInHost> StartAsync(Func<StandInHost, IStandIn> standIn)
    {
        var host = new StandInHost(standIn);
        await host.web.StartAsync();
        return host;
    }

    public StateFile<T> StateFile<T>()
        where T : class, new() => new(Path.Combine(directory, "state.json"));

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        Logs.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
