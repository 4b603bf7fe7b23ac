namespace ReleaseTasks.Http;

internal static class SafeAddress
{
    extension(Uri address)
    {
        /// <summary>What is sent there is encrypted, or doesn't leave this machine.</summary>
        public bool KeepsSecrets => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

        /// <summary>The same scheme, host and port.</summary>
        public bool IsAt(Uri other) =>
            Uri.Compare(address, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
    }
}
