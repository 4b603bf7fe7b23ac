using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The sandbox's own authority, new with each start: its key never leaves the process, and clients are given its certificate.</summary>
internal static class CertificateAuthority
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    /// <summary>A certificate for loopback, and the authority's own, to be trusted, as PEM.</summary>
    public static (X509Certificate2 Server, string Authority) Create(DateTimeOffset now)
    {
        var (from, until) = (now.AddDays(-1), now.AddDays(365));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=ReleaseTasks sandbox", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication], critical: false));
        using var server = request.Create(authority, from, until, RandomNumberGenerator.GetBytes(16));
        return (server.CopyWithPrivateKey(key), authority.ExportCertificatePem());
    }
}
