using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cake.Heroku;

public static class HerokuServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="HerokuClients"/> and each client in it. Time is the container's <see cref="TimeProvider"/>, the system's where it
    /// has none.
    /// </summary>
    /// <param name="settings">Default: <see cref="HerokuSettings.FromEnvironment"/>, read when a client is first asked for.</param>
    public static IServiceCollection AddHeroku(this IServiceCollection services, Func<IServiceProvider, HerokuSettings>? settings = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(settings ?? (_ => HerokuSettings.FromEnvironment()));
        services.TryAddSingleton(s => new HerokuClients(s.GetRequiredService<HerokuSettings>(), s.GetRequiredService<TimeProvider>()));
        services.AddClient(clients => clients.Api);
        services.AddClient(clients => clients.Data);
        services.AddClient(clients => clients.Streams);
        services.AddClient(clients => clients.Logs);
        services.AddClient(clients => clients.Waiting);
        services.AddClient(clients => clients.Releases);
        services.AddClient(clients => clients.Addons);
        services.AddClient(clients => clients.Databases);
        return services;
    }

    private static void AddClient<T>(this IServiceCollection services, Func<HerokuClients, T> client)
        where T : class =>
        services.TryAddSingleton(s => client(s.GetRequiredService<HerokuClients>()));
}
