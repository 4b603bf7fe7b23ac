namespace ReleaseTasks.Http;

internal static class RequestFailure
{
    extension(HttpRequestException failure)
    {
        /// <summary>No connection came about, so nothing was sent.</summary>
        public bool NeverLeft => failure.HttpRequestError
            is HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError;
    }
}
