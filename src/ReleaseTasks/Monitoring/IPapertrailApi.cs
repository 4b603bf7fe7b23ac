using Refit;

namespace ReleaseTasks.Monitoring;

/// <summary>The part of Papertrail's API, version 1, that verifying needs: one method, one request.</summary>
/// <exception cref="Http.ServiceException">Any method: Papertrail refused, or its answer is missing or can't be read.</exception>
internal interface IPapertrailApi
{
    /// <summary>
    /// <c>GET /api/v1/events/search.json</c>, oldest first. <c>tail=false</c>: with <c>min_id</c> alone it would prefer recent lines to
    /// complete ones.
    /// </summary>
    /// <param name="minTime">Seconds since 1970; or <paramref name="minId"/>.</param>
    [Get("/api/v1/events/search.json?limit=1000&tail=false")]
    Task<PapertrailPage> SearchAsync(
        [AliasAs("min_time")] long? minTime,
        [AliasAs("min_id")] string? minId,
        [AliasAs("max_time")] long maxTime,
        [AliasAs("system_id")] string? system,
        [AliasAs("q")] string? query,
        CancellationToken ct);
}

internal sealed record PapertrailPage(IReadOnlyList<PapertrailEvent> Events)
{
    /// <summary>Of the last event; null where there was none yet.</summary>
    public string? MaxId { get; init; }

    /// <summary>The search gave up before its end: an empty page isn't the last one then.</summary>
    public bool ReachedTimeLimit { get; init; }
}

/// <param name="Program">Heroku's <c>app[web.1]</c> as <c>app/web.1</c>; null where the sender gave none.</param>
internal sealed record PapertrailEvent(string Id, string? Program, string Message)
{
    /// <summary>When it was written; null where the sender didn't say.</summary>
    public DateTimeOffset? GeneratedAt { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }
}
