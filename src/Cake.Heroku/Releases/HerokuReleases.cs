namespace Cake.Heroku;

/// <summary>Changes that make a release, followed to the end of its release phase.</summary>
/// <exception cref="HerokuFailedException">Any method: the release failed. What was running before runs on.</exception>
public sealed class HerokuReleases(IHerokuApi api, HerokuWaiting waiting)
{
    /// <summary>As many as the Heroku CLI looks at.</summary>
    internal const int Few = 10;

    /// <summary><c>heroku rollback</c>, to its end.</summary>
    /// <param name="version">Null for the last one before the current that can be gone back to.</param>
    public async Task<Release> RollBackAsync(AppName app, int? version, TimeSpan patience, CancellationToken ct)
    {
        var target = version is { } known ? await api.GetReleaseAsync(app, known, ct) : await PreviousAsync(app, ct);
        var begun = await api.RollBackAsync(app, target.Id, ct);
        return await waiting.ForReleaseAsync(app, begun.Id, patience, ct);
    }

    /// <summary>Config vars in one request, so in one release; null unsets.</summary>
    public Task ChangeConfigVarsAsync(
        AppName app, IReadOnlyDictionary<string, string?> changes, TimeSpan patience, CancellationToken ct) =>
        FollowAsync(app, () => api.SetConfigVarsAsync(app, changes, ct), patience, ct);

    /// <summary>Makes a change, and waits for the releases that it leads to; one that changes nothing leads to none.</summary>
    public async Task<T> FollowAsync<T>(AppName app, Func<Task<T>> change, TimeSpan patience, CancellationToken ct)
    {
        var before = await api.ListNewestReleasesAsync(app, 1, ct) is [var newest, ..] ? newest.Version : 0;
        var answer = await change();
        await waiting.ForReleasesSinceAsync(app, before, patience, ct);
        return answer;
    }

    private async Task<Release> PreviousAsync(AppName app, CancellationToken ct)
    {
        var newest = await api.ListNewestReleasesAsync(app, Few, ct);
        return newest.Where(release => release.EligibleForRollback).ElementAtOrDefault(1)
            ?? throw new HerokuFailedException($"{app} has no release before the current one that can be gone back to.");
    }
}
