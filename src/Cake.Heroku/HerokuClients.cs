using Microsoft.Extensions.DependencyInjection;

namespace Cake.Heroku;

/// <summary>All clients at once, for a program without a container.</summary>
public sealed class HerokuClients : IDisposable
{
    private readonly ServiceProvider _services;

    public HerokuClients(HerokuSettings settings, TimeProvider? time = null) => _services = new ServiceCollection()
        .AddSingleton(time ?? TimeProvider.System)
        .AddHeroku(_ => settings)
        .BuildServiceProvider();

    public IHerokuApi Api => _services.GetRequiredService<IHerokuApi>();

    public IHerokuDataApi Data => _services.GetRequiredService<IHerokuDataApi>();

    public IHerokuStreams Streams => _services.GetRequiredService<IHerokuStreams>();

    public HerokuLogs Logs => _services.GetRequiredService<HerokuLogs>();

    public HerokuWaiting Waiting => _services.GetRequiredService<HerokuWaiting>();

    public HerokuReleases Releases => _services.GetRequiredService<HerokuReleases>();

    public HerokuAddons Addons => _services.GetRequiredService<HerokuAddons>();

    public HerokuDatabases Databases => _services.GetRequiredService<HerokuDatabases>();

    /// <inheritdoc cref="HerokuSettings.FromEnvironment"/>
    public static HerokuClients FromEnvironment(IReadOnlyDictionary<string, string>? environment = null, TimeProvider? time = null) =>
        new(HerokuSettings.FromEnvironment(environment), time);

    public void Dispose() => _services.Dispose();
}
