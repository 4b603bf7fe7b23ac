using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>
/// Where terminals meet attached one-off dynos, over TLS: a client sends the secret of its <c>attach_url</c>, gets a first line that it
/// discards, and then the dyno's output.
/// </summary>
internal sealed class Rendezvous : IDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, Attached> _waiting = new();
    private readonly X509Certificate2 _certificate;
    private readonly TimeProvider _time;

    public Rendezvous(string directory, TimeProvider time)
    {
        _time = time;
        (_certificate, var authority) = CertificateAuthority.Create(time.GetUtcNow());
        AuthorityFile = Path.Combine(directory, "ca.pem");
        File.WriteAllText(AuthorityFile, authority);
    }

    /// <summary>For <c>NODE_EXTRA_CA_CERTS</c>.</summary>
    public string AuthorityFile { get; }

    public void Start(Background background)
    {
        _listener.Start();
        background.Start("rendezvous", ct => AcceptAsync(background, ct));
    }

    /// <summary>The URL at which a terminal finds a dyno, once.</summary>
    public Uri Offer(Attached attached)
    {
        var secret = Guid.NewGuid().ToString("N");
        _waiting[secret] = attached;
        return new Uri($"rendezvous://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{secret}");
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync(Background background, CancellationToken ct)
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(ct);
            background.Start("attached terminal", async stopping =>
            {
                using (client)
                {
                    await ServeAsync(client, stopping);
                }
            });
        }
    }

    // Dynos here take no input: it's read to its end, ^D, and forgotten.
    private static async Task EndOfInputAsync(StreamReader reader, CancellationToken ct)
    {
        var typed = new char[256];
        while (await reader.ReadAsync(typed, ct) is > 0 and var count && !typed.AsSpan(0, count).Contains('\u0004'))
        {
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken ct)
    {
        try
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, ct);
            using var reader = new StreamReader(tls, Encoding.ASCII, leaveOpen: true);
            if (await reader.ReadLineAsync(ct) is not { } secret || !_waiting.TryRemove(secret, out var attached))
            {
                return;
            }

            await tls.WriteAsync("rendezvous\r\n"u8.ToArray(), ct);
            attached.Connect();
            var typed = EndOfInputAsync(reader, ct);
            await foreach (var line in attached.ReadAsync(ct))
            {
                await tls.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), ct);
            }

            // The CLI sends an end of input of its own, and falls over when it finds the line closed by then.
            await typed.WaitAsync(Farewell, _time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await tls.ShutdownAsync();
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client doesn't trust us, or has left.
        }
    }
}
