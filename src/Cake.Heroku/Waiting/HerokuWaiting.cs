namespace Cake.Heroku;

/// <summary>
/// Asks until something has come to its end, good or bad: a release, an add-on, a database, a transfer. Heroku's answer to the request
/// that began it says nothing about that. <see cref="Progress"/> judges each answer.
/// </summary>
/// <exception cref="HerokuFailedException">Any method: it came to a bad end.</exception>
/// <exception cref="TimeoutException">Any method: it hadn't come to an end within the time given. It may yet.</exception>
public sealed class HerokuWaiting(IHerokuApi api, IHerokuDataApi data, TimeProvider time)
{
    /// <summary>The pause between two questions, as the Heroku CLI makes it.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Until the release phase has ended.</summary>
    public Task<Release> ForReleaseAsync(AppName app, HerokuId<Release> release, TimeSpan patience, CancellationToken ct) =>
        UntilAsync(app, () => api.GetReleaseAsync(app, release, ct), Progress.Of, patience, ct);

    /// <summary>Until the release phases of all releases after a version have ended.</summary>
    /// <param name="version">The newest release before the change.</param>
    public Task ForReleasesSinceAsync(AppName app, int version, TimeSpan patience, CancellationToken ct) => UntilAsync(
        app,
        () => api.ListNewestReleasesAsync(app, HerokuReleases.Few, ct),
        releases => Progress.Since(version, releases),
        patience,
        ct);

    /// <summary>Until it is provisioned; a database also until the data service doesn't wait for it any more.</summary>
    public async Task<Addon> ForAddonAsync(AppName app, string addon, TimeSpan patience, CancellationToken ct)
    {
        var found = await UntilAsync(app, () => api.GetAddonAsync(app, addon, ct), Progress.Of, patience, ct);
        if (found.IsPostgres)
        {
            await ForDatabaseAsync(app, new(found.Id, found.Name), patience, ct);
        }

        return found;
    }

    /// <summary>Until the data service has it ready.</summary>
    public Task<WaitStatus> ForDatabaseAsync(AppName app, AttachmentTarget database, TimeSpan patience, CancellationToken ct) => UntilAsync(
        app,
        () => data.GetWaitStatusAsync(database.Id, ct),
        status => Progress.Of(status, database.Addon),
        patience,
        ct);

    /// <summary>Until a backup or restore has finished and succeeded.</summary>
    public Task<Transfer> ForTransferAsync(AppName app, HerokuId<Transfer> transfer, TimeSpan patience, CancellationToken ct) =>
        UntilAsync(app, () => data.GetTransferAsync(app, transfer, ct), Progress.Of, patience, ct);

    private async Task<T> UntilAsync<T>(AppName app, Func<Task<T>> ask, Func<T, Progress> judge, TimeSpan patience, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var found = await ask();
            switch (judge(found))
            {
                case Progress.Done:
                    return found;
                case Progress.Failed failed:
                    throw new HerokuFailedException($"{app}: {failed.Why}.");
                case Progress.UnderWay underWay when time.GetElapsedTime(start) >= patience:
                    throw new TimeoutException($"{app}: {underWay.State}, after {patience}. It may yet come to an end.");
            }

            await Task.Delay(Interval, time, ct);
        }
    }
}
