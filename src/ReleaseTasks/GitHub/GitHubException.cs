using System.Net;

namespace ReleaseTasks.GitHub;

/// <summary>GitHub refused a request, or its answer is missing or can't be read. Never carries a token.</summary>
public sealed class GitHubException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What was asked, such as <c>PATCH /repos/zupo/sushi/pulls/3</c>.</summary>
    public string Request { get; init; } = "";

    /// <summary>GitHub's own words, or what went wrong on the way.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Null where no answer came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>GitHub's name for the request, which its support asks for; null where no answer came.</summary>
    public string? RequestId { get; init; }

    /// <summary>True where a change was asked for and nobody knows whether it happened: read again before anything else.</summary>
    public bool OutcomeUnknown { get; init; }
}
