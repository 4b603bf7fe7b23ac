using System.Text.Json.Serialization;
using Refit;

namespace ReleaseTasks.Monitoring;

/// <summary>The part of Sentry's Web API that verifying needs: one method, one request.</summary>
/// <exception cref="Http.ServiceException">Any method: Sentry refused, or its answer is missing or can't be read.</exception>
internal interface ISentryApi
{
    /// <summary><c>GET /api/0/organizations/{organization}/releases/{version}/</c></summary>
    [Get("/api/0/organizations/{organization}/releases/{version}/")]
    Task<SentryRelease> GetReleaseAsync(string organization, string version, CancellationToken ct);

    /// <summary><c>GET /api/0/organizations/{organization}/sessions/</c>: how many there were in the last hour.</summary>
    [Get("/api/0/organizations/{organization}/sessions/?field=sum(session)&statsPeriod=1h&interval=1h")]
    Task<SentrySessions> CountSessionsAsync(string organization, string query, string environment, string? project, CancellationToken ct);

    /// <summary><c>GET /api/0/organizations/{organization}/issues/</c>: all pages.</summary>
    /// <param name="start">UTC, <c>yyyy-MM-ddTHH:mm:ss</c>.</param>
    /// <param name="end">As <paramref name="start"/>.</param>
    [Get("/api/0/organizations/{organization}/issues/?limit=100")]
    Task<IReadOnlyList<SentryIssue>> ListIssuesAsync(
        string organization, string query, string environment, string? project, string start, string end, CancellationToken ct);
}

/// <param name="LastEvent">Null where none has arrived.</param>
internal sealed record SentryRelease(string Version, DateTimeOffset? LastEvent);

internal sealed record SentrySessions(IReadOnlyList<SentrySessions.Group> Groups)
{
    internal sealed record Group(Totals Totals);

    internal sealed record Totals([property: JsonPropertyName("sum(session)")] double? Sessions);
}

/// <param name="ShortId">Such as <c>SUSHI-1</c>.</param>
/// <param name="Count">Events; Sentry writes it as text.</param>
internal sealed record SentryIssue(
    string ShortId,
    string Title,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long Count,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long UserCount,
    string Permalink);
