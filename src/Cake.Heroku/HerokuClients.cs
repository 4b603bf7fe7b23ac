using Cake.Heroku.Http;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Refit;

namespace Cake.Heroku;

/// <summary>
/// All clients, put together: connections, what every request passes through, and what is built on that. One for a program's life.
/// </summary>
public sealed class HerokuClients : IDisposable
{
    private readonly HttpClient _api;
    private readonly HttpClient _data;
    private readonly HttpClient _streams = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="settings">Where Heroku is, and who asks.</param>
    /// <param name="time">Default: the system's.</param>
    /// <param name="onConfigVars">
    /// Hears the config vars of every answer that holds some, before who asked for them does. Default: nobody.
    /// </param>
    public HerokuClients(
        HerokuSettings settings, TimeProvider? time = null, Action<IReadOnlyDictionary<string, string>>? onConfigVars = null)
    {
        time ??= TimeProvider.System;
        DelegatingHandler[] listeners = onConfigVars is null ? [] : [new ConfigVarsHandler(onConfigVars)];
        _api = Connect(settings.Host, settings.Token, "application/vnd.heroku+json; version=3.sdk", time, listeners);
        _data = Connect(settings.DataHost, settings.Token, "application/vnd.heroku+json; version=3", time, []);
        Api = RestService.For<IHerokuApi>(_api, Settings(settings.Token));
        Data = RestService.For<IHerokuDataApi>(_data, Settings(settings.Token));
        Streams = new HerokuStreams(_streams, time);
        Logs = new HerokuLogs(Api, Streams, time);
        Waiting = new HerokuWaiting(Api, Data, time);
        Releases = new HerokuReleases(Api, Waiting);
        Addons = new HerokuAddons(Api, Releases);
        Databases = new HerokuDatabases(Api, Data, Releases, Waiting);
    }

    public IHerokuApi Api { get; }

    public IHerokuDataApi Data { get; }

    public IHerokuStreams Streams { get; }

    public HerokuLogs Logs { get; }

    public HerokuWaiting Waiting { get; }

    public HerokuReleases Releases { get; }

    public HerokuAddons Addons { get; }

    public HerokuDatabases Databases { get; }

    /// <inheritdoc cref="HerokuSettings.FromEnvironment"/>
    public static HerokuClients FromEnvironment(IReadOnlyDictionary<string, string>? environment = null, TimeProvider? time = null) =>
        new(HerokuSettings.FromEnvironment(environment), time);

    public void Dispose()
    {
        _api.Dispose();
        _data.Dispose();
        _streams.Dispose();
    }

    private static HttpClient Connect(Uri address, HerokuToken token, string accept, TimeProvider time, DelegatingHandler[] listeners)
    {
        var retry = new ResiliencePipelineBuilder<HttpResponseMessage>().AddHerokuRetry(time).Build();
        HttpMessageHandler connection = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        DelegatingHandler[] outermostFirst =
        [
            .. listeners,
            new NextRangeHandler(),
            new RateLimitHandler(time),
            new HerokuHeadersHandler(address, token, accept),
            new ResilienceHandler(retry),
            new WholeAnswerHandler(),
        ];
        foreach (var handler in outermostFirst.Reverse())
        {
            handler.InnerHandler = connection;
            connection = handler;
        }

        return new HttpClient(connection) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
    }

    private static RefitSettings Settings(HerokuToken token)
    {
        var errors = new HerokuErrors(token);
        return new RefitSettings(new SystemTextJsonContentSerializer(HerokuJson.Options))
        {
            ExceptionFactory = async response => await errors.ReadAsync(response),
            TransportExceptionFactory = (request, exception, ct) => errors.Of(request, exception, ct),
            DeserializationExceptionFactory = (response, e) => ValueTask.FromResult<Exception?>(errors.OfAnswer(response, e)),
        };
    }
}
