using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Cake.Heroku;

internal sealed class HerokuStreams(HttpClient http, TimeProvider time) : IHerokuStreams
{
    /// <summary>How long an output may be missing: its address is known before its command starts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async IAsyncEnumerable<LogLine> ReadLogAsync(LogSession session, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in ReadLinesAsync(session.LogplexUrl, "log", TimeSpan.Zero, ct))
        {
            yield return LogLine.Parse(line);
        }
    }

    public IAsyncEnumerable<string> ReadOutputAsync(SecretUrl output, CancellationToken ct) =>
        ReadLinesAsync(output, "output", Patience, ct);

    public async Task PutSourceAsync(SourceLocation source, Stream tarball, CancellationToken ct)
    {
        // A store of files takes no upload of unknown length.
        using var content = new StreamContent(tarball.CanSeek ? tarball : await CopyAsync(tarball, ct));
        using var request = new HttpRequestMessage(HttpMethod.Put, source.PutUrl.ToUri()) { Content = content };
        using var response = await SendAsync(request, "source", ct);
        ThrowIfRefused(response, "source");
    }

    private async IAsyncEnumerable<string> ReadLinesAsync(
        SecretUrl address, string what, TimeSpan patience, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await OpenAsync(address, what, patience, ct);
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var lines = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? Events(stream, ct) : Lines(stream, ct);
        await using var reading = lines.GetAsyncEnumerator(ct);
        while (await MoveAsync(reading, what))
        {
            yield return reading.Current;
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(SecretUrl address, string what, TimeSpan patience, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address.ToUri());
            request.Headers.Accept.ParseAdd("text/event-stream");
            request.Headers.Accept.ParseAdd("text/plain");
            var response = await SendAsync(request, what, ct);
            if (response.StatusCode != HttpStatusCode.NotFound || time.GetElapsedTime(start) >= patience)
            {
                ThrowIfRefused(response, what);
                return response;
            }

            response.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(1), time, ct);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string what, CancellationToken ct)
    {
        if (request.RequestUri is not ({ Scheme: "https" } or { IsLoopback: true }))
        {
            throw new HerokuApiException($"The address of the {what} would be sent unencrypted.", new(request.Method.Method, what));
        }

        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException e)
        {
            throw Broken(request.Method, what, e);
        }
    }

    private static async Task<bool> MoveAsync(IAsyncEnumerator<string> reading, string what)
    {
        try
        {
            return await reading.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken(HttpMethod.Get, what, e);
        }
    }

    private static async IAsyncEnumerable<string> Events(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct))
        {
            foreach (var line in item.Data.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return line;
            }
        }
    }

    private static async IAsyncEnumerable<string> Lines(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(ct) is { } line)
        {
            yield return line;
        }
    }

    private static async Task<Stream> CopyAsync(Stream stream, CancellationToken ct)
    {
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, ct);
        copy.Position = 0;
        return copy;
    }

    // The whole address is a secret: an error names what it is of, and the host.
    private static void ThrowIfRefused(HttpResponseMessage response, string what)
    {
        if (!response.IsSuccessStatusCode)
        {
            var request = response.RequestMessage!;
            var status = response.StatusCode;
            response.Dispose();
            throw new HerokuApiException(
                $"{request.RequestUri!.Host} refused {request.Method} of the {what} ({(int)status}).",
                new(request.Method.Method, what)) { Status = status };
        }
    }

    private static HerokuApiException Broken(HttpMethod method, string what, Exception e) =>
        new($"{method} of the {what} broke off: {e.Message}", new(method.Method, what));
}
