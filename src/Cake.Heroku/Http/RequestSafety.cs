namespace Cake.Heroku.Http;

internal static class RequestSafety
{
    extension(HttpRequestMessage request)
    {
        /// <summary>It asks and changes nothing. Some questions are asked by <c>POST</c>: resolving a name, filtering apps.</summary>
        public bool IsSafe() =>
            request.Method == HttpMethod.Get
            || request.Method == HttpMethod.Head
            || request.RequestUri!.AbsolutePath is var path && (path.StartsWith("/filters/", StringComparison.Ordinal)
                || path.StartsWith("/actions/", StringComparison.Ordinal) && path.EndsWith("/resolve", StringComparison.Ordinal));
    }

    extension(HttpRequestException failure)
    {
        /// <summary>No connection came about, so nothing was sent.</summary>
        public bool IsUnsent() => failure.HttpRequestError
            is HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError;
    }
}
