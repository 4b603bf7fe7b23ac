using System.Net;
using System.Net.Sockets;

namespace ReleaseTasks.Monitoring;

/// <summary>Asks the app itself, until it answers well or its time is over.</summary>
internal sealed class SmokeTester(HttpClient http, SmokeOptions options, TimeProvider time)
{
    /// <summary>The app must answer 200, after redirects.</summary>
    public async Task<Observation> AskAsync(Uri url, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var fault = await FaultOfAsync(url, ct);
            if (fault is null)
            {
                return new($"smoke test {url}", Sign.Good, "answered 200.");
            }

            if (time.GetElapsedTime(began) + options.Interval > options.Timeout)
            {
                return new($"smoke test {url}", Sign.Bad, $"did not answer 200 within {options.Timeout} (last: {fault}).");
            }

            await Task.Delay(options.Interval, time, ct);
        }
    }

    /// <summary>
    /// Goes where the address says, but for <c>*.localhost</c>: that is this machine by definition, whatever its resolver says, and the
    /// name only picks the app.
    /// </summary>
    public static SocketsHttpHandler Handler() => new() { ConnectCallback = ConnectAsync };

    private async Task<string?> FaultOfAsync(Uri url, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            using var response = await http.GetAsync(url, either.Token);
            return response.StatusCode == HttpStatusCode.OK ? null : $"{(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"{e.HttpRequestError}";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return $"no answer within {options.RequestTimeout}";
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint;
        var isHere = host.Host == "localhost" || host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(isHere ? new IPEndPoint(IPAddress.Loopback, host.Port) : host, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
