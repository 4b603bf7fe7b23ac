using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;
using Yarp.ReverseProxy.Forwarder;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Heroku's Platform API and Data API, and the apps behind them.</summary>
internal sealed class HerokuStandIn : IStandIn, IAsyncDisposable
{
    private readonly Platform _platform;
    private readonly AppRouter _router;
    private readonly RateLimit _limit;

    public HerokuStandIn(SandboxParts parts)
    {
        _platform = new Platform(parts);
        _router = new AppRouter(_platform);
        _limit = new RateLimit(parts.Options.RateLimit, parts.Clock);
    }

    /// <summary>The world, to be read and changed by the sample and by tests.</summary>
    public HerokuStore Store => _platform.Store;

    /// <summary>Where the files of a slug belong.</summary>
    public string SlugDirectory(Slug slug) => _platform.SlugDirectory(slug);

    public void Map(IEndpointRouteBuilder routes)
    {
        var heroku = new HerokuRoutes(routes, Store, _limit);
        new AccountRequests(_limit).Map(heroku);
        new AppRequests(_platform).Map(heroku);
        StackRequests.Map(heroku);
        new FeatureRequests(_platform).Map(heroku);
        new CollaboratorRequests(_platform).Map(heroku);
        new ConfigVarRequests(_platform).Map(heroku);
        new ReleaseRequests(_platform).Map(heroku);
        new StreamRequests(_platform).Map(heroku);
        new BuildRequests(_platform).Map(heroku);
        new FormationRequests(_platform).Map(heroku);
        new DynoRequests(_platform).Map(heroku);
        new LogRequests(_platform).Map(heroku);
        new DrainRequests(_platform).Map(heroku);
        new WebhookRequests(_platform).Map(heroku);
        new DomainRequests(_platform).Map(heroku);
        BuildpackRequests.Map(heroku);
        new AddOnRequests(_platform).Map(heroku);
        AddOnServiceRequests.Map(heroku);
        var attachments = new AttachmentRequests(_platform);
        attachments.Map(heroku);
        new PipelineRequests(_platform).Map(heroku);
        new DatabaseRequests(_platform).Map(heroku);
        new TransferRequests(_platform).Map(heroku);
        new ScheduleRequests(_platform).Map(heroku);
        new PoolingRequests(_platform, attachments).Map(heroku);
        new GitPushRequests(_platform).Map(heroku);
    }

    /// <summary>For the official CLI, too: it gets no telemetry, no updates and no keychain.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment(Uri address)
    {
        var authority = address.GetLeftPart(UriPartial.Authority);
        yield return new("HEROKU_HOST", authority);
        yield return new("HEROKU_DATA_HOST", address.Host);
        if (Store.Read(world => world.Accounts.FirstOrDefault()?.ApiKey) is { } key)
        {
            yield return new("HEROKU_API_KEY", key);
        }

        yield return new("HEROKU_PARTICLEBOARD_URL", authority);
        yield return new("HEROKU_BUILDPACK_REGISTRY_URL", $"{authority}/{BuildpackRequests.Registry}");
        yield return new("HEROKU_SKIP_NEW_VERSION_CHECK", "true");
        yield return new("HEROKU_NOTIFICATIONS", "0");
        yield return new("HEROKU_NETRC_WRITE", "true");
        yield return new("DISABLE_TELEMETRY", "true");
        yield return new("NODE_EXTRA_CA_CERTS", _platform.Rendezvous.AuthorityFile);
    }

    /// <summary>Takes up what the last sandbox left: databases, dynos, unfinished provisioning. What can't be taken up has failed.</summary>
    public async Task ResumeAsync(CancellationToken ct)
    {
        await _platform.Rendezvous.StartAsync(_platform.Background, ct);
        if (Store.Read(world => world.Apps.Count == 0))
        {
            return;
        }

        Store.Change(world =>
        {
            Releasing.GiveUpPending(world);
            Builder.GiveUpPending(world);
            _platform.Transferring.Resume(world);
        });
        await _platform.Provisioning.ResumeAsync(ct);
        Store.Read(world =>
        {
            world.Apps.ForEach(app => _platform.Fleet.Scale(app));
            return true;
        });
    }

    /// <summary>Leads requests for <c>{app}.localhost</c> to the app's web dynos.</summary>
    public Task RouteToAppsAsync(HttpContext context, RequestDelegate next) =>
        _router.RouteAsync(context, context.RequestServices.GetRequiredService<IHttpForwarder>(), next);

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        _router.Dispose();
    }
}
