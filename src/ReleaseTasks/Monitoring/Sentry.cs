using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ReleaseTasks.Http;

namespace ReleaseTasks.Monitoring;

/// <summary>Sentry, by its Web API.</summary>
internal sealed class Sentry : IErrorTracker, IDisposable
{
    private readonly HttpClient _http;
    private readonly ISentryApi _api;
    private readonly SentryOptions _options;
    private readonly TimeProvider _time;

    /// <param name="say">Takes a line for people when Sentry lets us wait.</param>
    public Sentry(SentryOptions options, TimeProvider time, Action<string> say)
    {
        (_options, _time) = (options, time);
        _http = ServiceHttp.Connect(new ServiceRetry(Name), time, say, new SentryPages());
        _http.BaseAddress = options.Address;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        _api = ServiceApi.Of<ISentryApi>(Name, _http, JsonNamingPolicy.CamelCase);
    }

    public string Name => "Sentry";

    public async Task<ErrorReading> ReadAsync(string release, DateTimeOffset since, CancellationToken ct)
    {
        if (!await IsAliveAsync(release, ct))
        {
            return new ErrorReading.Unknown(
                $"Sentry has heard nothing of release '{release}' in {_options.Environment}: "
                + "wrong name or environment, or nobody used it yet.");
        }

        var brought = await ListAsync($"firstRelease:\"{release}\" is:unresolved", since, isRegression: false, ct);
        var broughtBack = await ListAsync($"release:\"{release}\" is:regressed is:unresolved", since, isRegression: true, ct);
        return new ErrorReading.Read([.. brought.Concat(broughtBack).DistinctBy(error => error.Id)]);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Whether an event or a session of this release has arrived.</summary>
    private async Task<bool> IsAliveAsync(string release, CancellationToken ct)
    {
        try
        {
            var known = await _api.GetReleaseAsync(_options.Organization, release, ct);
            return known.LastEvent is not null || await HasSessionsAsync(release, ct);
        }
        catch (ServiceException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> HasSessionsAsync(string release, CancellationToken ct)
    {
        var counted = await _api.CountSessionsAsync(
            _options.Organization,
            $"release:\"{release}\"",
            _options.Environment,
            _options.Project,
            ct);
        return counted.Groups.Any(group => group.Totals.Sessions > 0);
    }

    private async Task<IEnumerable<TrackedError>> ListAsync(string query, DateTimeOffset since, bool isRegression, CancellationToken ct)
    {
        var issues = await _api.ListIssuesAsync(
            _options.Organization, query, _options.Environment, _options.Project, Time(since), Time(_time.GetUtcNow()), ct);
        return issues.Select(
            issue => new TrackedError(issue.ShortId, issue.Title, issue.Count, issue.UserCount, issue.Permalink, isRegression));
    }

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
