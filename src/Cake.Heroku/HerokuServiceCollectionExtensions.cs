using Cake.Heroku.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Refit;

namespace Cake.Heroku;

public static class HerokuServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IHerokuApi"/>, <see cref="IHerokuDataApi"/>, <see cref="IHerokuStreams"/> and what waits on them. Time is the
    /// container's <see cref="TimeProvider"/>, the system's where it has none.
    /// </summary>
    /// <param name="settings">Default: <see cref="HerokuSettings.FromEnvironment"/>, read when a client is first asked for.</param>
    public static IServiceCollection AddHeroku(this IServiceCollection services, Func<IServiceProvider, HerokuSettings>? settings = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(settings ?? (_ => HerokuSettings.FromEnvironment()));
        services.AddApi<IHerokuApi>(s => s.Host, "application/vnd.heroku+json; version=3.sdk");
        services.AddApi<IHerokuDataApi>(s => s.DataHost, "application/vnd.heroku+json; version=3");
        services.AddHttpClient(nameof(IHerokuStreams), http => http.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        services.TryAddSingleton<IHerokuStreams>(s =>
            new HerokuStreams(s.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(IHerokuStreams)), s.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<HerokuWaiting>();
        services.TryAddSingleton<HerokuReleases>();
        services.TryAddSingleton<HerokuAddons>();
        services.TryAddSingleton<HerokuDatabases>();
        services.TryAddSingleton<HerokuLogs>();
        return services;
    }

    private static void AddApi<TApi>(this IServiceCollection services, Func<HerokuSettings, Uri> address, string accept)
        where TApi : class
    {
        var http = services.AddHttpClient(typeof(TApi).Name, (s, client) =>
        {
            client.BaseAddress = address(s.GetRequiredService<HerokuSettings>());
            client.Timeout = Timeout.InfiniteTimeSpan;
        });
        http.RemoveAllLoggers();
        http.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        http.AddHttpMessageHandler(() => new NextRangeHandler());
        http.AddHttpMessageHandler(s => new RateLimitHandler(s.GetRequiredService<TimeProvider>()));
        http.AddHttpMessageHandler(s =>
        {
            var settings = s.GetRequiredService<HerokuSettings>();
            return new HerokuHeadersHandler(address(settings), settings.Token, accept);
        });
        http.AddResilienceHandler("Heroku", (pipeline, context) => pipeline.AddHerokuRetry(context.ServiceProvider.GetRequiredService<TimeProvider>()));
        http.AddHttpMessageHandler(() => new WholeAnswerHandler());
        services.TryAddSingleton(s => RestService.For<TApi>(
            s.GetRequiredService<IHttpClientFactory>().CreateClient(typeof(TApi).Name), Settings(s.GetRequiredService<HerokuSettings>().Token)));
    }

    private static RefitSettings Settings(HerokuToken token)
    {
        var errors = new HerokuErrors(token);
        return new RefitSettings(new SystemTextJsonContentSerializer(HerokuJson.Options))
        {
            ExceptionFactory = async response => await errors.ReadAsync(response),
            TransportExceptionFactory = (request, exception, ct) => errors.Of(request, exception, ct),
            DeserializationExceptionFactory = (response, exception) => ValueTask.FromResult<Exception?>(errors.OfAnswer(response, exception)),
        };
    }
}
