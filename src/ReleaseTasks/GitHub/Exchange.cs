using System.Net;

namespace ReleaseTasks.GitHub;

/// <summary>
/// What goes over the wire while one method of the port runs. Octokit's typed methods take no token and its exceptions name no request:
/// this carries the one down to the handlers and the other up.
/// </summary>
internal sealed class Exchange(CancellationToken ct)
{
    private static readonly AsyncLocal<Exchange?> Ambient = new();

    private HttpMethod _method = HttpMethod.Get;

    /// <summary>Of the method of the port that is running.</summary>
    public static Exchange? Current => Ambient.Value;

    public CancellationToken Stopping => ct;

    public string Request { get; private set; } = "GitHub";

    public HttpStatusCode? Status { get; private set; }

    public string? RequestId { get; private set; }

    private bool IsWrite => _method != HttpMethod.Get;

    /// <summary>Lasts until the async method that calls it returns.</summary>
    public static Exchange Begin(CancellationToken ct) => Ambient.Value = new(ct);

    public void Sending(HttpRequestMessage request)
    {
        _method = request.Method;
        Request = $"{request.Method} {request.RequestUri?.AbsolutePath}";
        Status = null;
        RequestId = null;
    }

    public void Received(HttpResponseMessage response)
    {
        Status = response.StatusCode;
        RequestId = response.Headers.TryGetValues("X-GitHub-Request-Id", out var ids) ? ids.FirstOrDefault() : null;
    }

    public GitHubException Refused(string reason, Exception? cause = null) =>
        Failure(
            $"GitHub refused {Request}: {reason.TrimEnd('.')} ({Answer}).",
            reason,
            IsWrite && Status >= HttpStatusCode.InternalServerError,
            cause);

    public GitHubException Unanswered(string reason, Exception cause) =>
        Failure($"GitHub did not answer {Request}: {reason}", reason, IsWrite, cause);

    public GitHubException Unreadable(string reason, Exception? cause = null) =>
        Failure($"GitHub's answer to {Request} can't be used: {reason.TrimEnd('.')} ({Answer}).", reason, IsWrite, cause);

    private string Answer => RequestId is null ? $"{(int?)Status}" : $"{(int?)Status}, request {RequestId}";

    private GitHubException Failure(string message, string reason, bool outcomeUnknown, Exception? cause) => new(message, cause)
    {
        Request = Request,
        Reason = reason,
        Status = Status,
        RequestId = RequestId,
        OutcomeUnknown = outcomeUnknown,
    };
}
