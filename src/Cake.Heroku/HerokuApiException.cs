using System.Net;

namespace Cake.Heroku;

/// <summary>Heroku refused a request, or what came of it isn't known. Holds no secret.</summary>
public sealed class HerokuApiException : Exception
{
    internal HerokuApiException(string message, HerokuRequest request, Exception? inner = null)
        : base(message, inner) => (Method, Path) = (request.Method, request.Path);

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>
    /// Heroku's name for the error, such as <c>not_found</c> or <c>confirmation_required</c>: decide by this, not by the text.
    /// </summary>
    public string? Id { get; internal init; }

    /// <summary>What a <c>not_found</c> is about: <c>app</c>, <c>add_on</c>, <c>add_on attachment</c>, <c>release</c>.</summary>
    public string? Resource { get; internal init; }

    /// <summary>For Heroku's support.</summary>
    public string? RequestId { get; internal init; }

    public string Method { get; }

    /// <summary>Without the query.</summary>
    public string Path { get; }

    /// <summary>
    /// The request may have taken effect: the answer to a change was lost, late or a failure of Heroku's. Read back before repeating it.
    /// False for a refusal: nothing was changed.
    /// </summary>
    public bool OutcomeIsUnknown { get; internal init; }
}

/// <summary>The part of a request that an error may show.</summary>
internal readonly record struct HerokuRequest(string Method, string Path);
