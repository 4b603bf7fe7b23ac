using System.Net;

namespace ReleaseTasks.Http;

/// <summary>A service that a run asks refused, didn't answer, or said something that can't be read. Nothing follows from that.</summary>
public sealed class ServiceException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Null where no answer came.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Whether it is certain that the service did nothing: it refused, or the request never left.</summary>
    public bool DidNothing { get; init; }
}
