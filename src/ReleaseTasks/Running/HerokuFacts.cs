using Cake.Heroku;
using ReleaseTasks.Gates;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>What the gates want to know of the app, asked of Heroku.</summary>
internal sealed class HerokuFacts(AppName app, IHerokuApi heroku) : IPlatformFacts
{
    private readonly Lock _lock = new();
    private Task<App>? _app;

    public async Task<Stacks> ReadStacksAsync(CancellationToken ct)
    {
        var found = await AppAsync(ct);
        return new(found.BuildStack?.Name, found.Stack?.Name);
    }

    public async Task<Ownership> ReadOwnershipAsync(CancellationToken ct)
    {
        var (asking, looking) = (heroku.GetAccountAsync(ct), AppAsync(ct));
        await Task.WhenAll(asking, looking);
        var (account, found) = (await asking, await looking);
        return new(app.ToString(), account.Email, found.Owner.Email, await heroku.HasOwnersRightsAsync(found, account, ct));
    }

    public async Task<IReadOnlyList<KnownRelease>> ReadReleasesAsync(CancellationToken ct) =>
        [.. (await heroku.ListNewestReleasesAsync(app, 5, ct))
            .Select(release => new KnownRelease(release.Version, release.Description, release.Slug?.Id.ToString(), release.Status == ReleaseStatus.Pending, release.Current))];

    public async Task<bool> HasPrebootAsync(CancellationToken ct) => (await heroku.GetFeatureAsync(app, "preboot", ct)).Enabled;

    public async Task<int?> ReadRequestsLeftAsync(CancellationToken ct) => (await heroku.GetRateLimitAsync(ct)).Remaining;

    /// <summary>Two gates need it, and one request tells.</summary>
    private Task<App> AppAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            return _app ??= heroku.GetAppAsync(app, ct);
        }
    }
}
