namespace Cake.Heroku;

/// <summary>
/// Asks until something has come to its end, good or bad: a release, an add-on, a database, a transfer. Heroku's answer to the request
/// that began it says nothing about that.
/// </summary>
/// <exception cref="HerokuFailedException">Any method: it came to a bad end.</exception>
/// <exception cref="TimeoutException">Any method: it hadn't come to an end within the time given. It may yet.</exception>
public sealed class HerokuWaiting(IHerokuApi api, IHerokuDataApi data, TimeProvider time)
{
    /// <summary>The pause between two questions, as the Heroku CLI makes it.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Until the release phase has ended. A release whose phase failed isn't current.</summary>
    public Task<Release> ForReleaseAsync(AppName app, HerokuId<Release> release, TimeSpan patience, CancellationToken ct) => UntilAsync(
        $"release {release} of {app}",
        () => api.GetReleaseAsync(app, release, ct),
        found => found.Status switch
        {
            ReleaseStatus.Pending => false,
            ReleaseStatus.Succeeded => true,
            _ => throw new HerokuFailedException($"v{found.Version} of {app} ({found.Description}): {found.Status}."),
        },
        found => found.Status,
        patience,
        ct);

    /// <summary>Until it is provisioned; a database also until the data service doesn't wait for it any more.</summary>
    public async Task<Addon> ForAddonAsync(AppName app, string addon, TimeSpan patience, CancellationToken ct)
    {
        var found = await UntilAsync(
            $"add-on {addon} of {app}",
            () => api.GetAddonAsync(app, addon, ct),
            found => found.State switch
            {
                AddonState.Provisioned => true,
                AddonState.Deprovisioning or AddonState.Deprovisioned => throw new HerokuFailedException($"Add-on {found.Name} of {app}: {found.State}."),
                _ => false,
            },
            found => found.State,
            patience,
            ct);
        if (found.IsPostgres)
        {
            await ForDatabaseAsync(found.Id, patience, ct);
        }

        return found;
    }

    /// <summary>Until the data service has it ready.</summary>
    public Task<WaitStatus> ForDatabaseAsync(HerokuId<Addon> database, TimeSpan patience, CancellationToken ct) => UntilAsync(
        $"database {database}",
        () => data.GetWaitStatusAsync(database, ct),
        found => found.IsError ? throw new HerokuFailedException($"Database {database}: {found.Message}.") : !found.IsWaiting,
        found => found.Message,
        patience,
        ct);

    /// <summary>Until a backup or restore has finished and succeeded.</summary>
    public Task<Transfer> ForTransferAsync(AppName app, HerokuId<Transfer> transfer, TimeSpan patience, CancellationToken ct) => UntilAsync(
        $"transfer {transfer} of {app}",
        () => data.GetTransferAsync(app, transfer, ct),
        found => found switch
        {
            { FinishedAt: null, CanceledAt: null } => false,
            { Succeeded: true } => true,
            _ => throw new HerokuFailedException($"{found.Name} of {app} {(found.CanceledAt is null ? "failed" : "was cancelled")}: {(found.Logs is [.., var last] ? last.Message : "no reason given")}"),
        },
        found => $"{found.ProcessedBytes} bytes so far",
        patience,
        ct);

    private async Task<T> UntilAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> isDone, Func<T, string> describe, TimeSpan patience, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var found = await ask();
            if (isDone(found))
            {
                return found;
            }

            if (time.GetElapsedTime(start) >= patience)
            {
                throw new TimeoutException($"{what} had not come to an end after {patience} ({describe(found)}). It may yet.");
            }

            await Task.Delay(Interval, time, ct);
        }
    }
}
