using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>
/// Where terminals meet attached one-off dynos, over TLS: a client sends the secret of its <c>attach_url</c>, gets a first line that it
/// discards, and then the dyno's output; what it sends is the dyno's input.
/// </summary>
internal sealed class Rendezvous : IDisposable
{
    private const int LongestSecret = 100;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, Attached> _waiting = new();
    private readonly Task<(X509Certificate2 Server, string Authority)> _certificates;
    private readonly TimeProvider _time;

    public Rendezvous(string directory, TimeProvider time)
    {
        _time = time;
        AuthorityFile = Path.Combine(directory, "ca.pem");
        _certificates = Task.Run(() => CertificateAuthority.Create(time.GetUtcNow())); // beside the rest of the start: keys take their time
    }

    /// <summary>For <c>NODE_EXTRA_CA_CERTS</c>; there once it is started.</summary>
    public string AuthorityFile { get; }

    public async Task StartAsync(Background background, CancellationToken ct)
    {
        await File.WriteAllTextAsync(AuthorityFile, (await _certificates).Authority, ct);
        _listener.Start();
        background.Start("rendezvous", stopping => AcceptAsync(background, stopping));
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
        _ = _certificates.ContinueWith(made => made.Result.Server.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
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

    private async Task ServeAsync(TcpClient client, CancellationToken ct)
    {
        try
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = (await _certificates).Server }, ct);
            if (!_waiting.TryRemove(await ReadLineAsync(tls, ct), out var attached))
            {
                return;
            }

            await tls.WriteAsync("rendezvous\r\n"u8.ToArray(), ct);
            attached.Connect(tls);
            var typed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = PassOnAsync(tls, attached, typed, ct);
            await attached.Ended.WaitAsync(ct);

            // The CLI sends an end of input of its own, and falls over when it finds the line closed by then.
            await typed.Task.WaitAsync(Farewell, _time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await tls.ShutdownAsync();
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client doesn't trust us, or has left.
        }
    }

    // Byte by byte: what comes after the line is the dyno's.
    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken ct)
    {
        var (line, next) = (new StringBuilder(), new byte[1]);
        while (line.Length < LongestSecret && await stream.ReadAsync(next, ct) > 0 && next[0] != '\n')
        {
            line.Append((char)next[0]);
        }

        return line.ToString().TrimEnd('\r');
    }

    /// <summary>Passes on what is typed until the client leaves.</summary>
    private static async Task PassOnAsync(Stream from, Attached attached, TaskCompletionSource ended, CancellationToken ct)
    {
        var typed = new byte[4096];
        while (await ReadAsync(from, typed, ct) is > 0 and var count)
        {
            await attached.TypeAsync(typed.AsMemory(0, count), ct);
            if (typed.AsSpan(0, count).Contains(Attached.EndOfInput))
            {
                ended.TrySetResult();
            }
        }

        ended.TrySetResult();
        attached.HangUp();
    }

    private static async Task<int> ReadAsync(Stream from, byte[] typed, CancellationToken ct)
    {
        try
        {
            return await from.ReadAsync(typed, ct);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0; // the line is cut
        }
    }
}
