using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Polly.Timeout;

namespace Cake.Heroku.Http;

/// <summary>
/// Makes one kind of exception of everything that goes wrong with a request, in words for a tired reader and without a secret.
/// </summary>
internal sealed partial class HerokuErrors(HerokuToken? token)
{
    /// <summary>Null for a success.</summary>
    public async Task<Exception?> ReadAsync(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        var body = Parse(await response.Content.ReadAsStringAsync());
        var request = response.RequestMessage!;
        var status = (int)response.StatusCode;
        var code = body.Id is null ? $"{status}" : $"{status} {body.Id}";
        var facts = RequestIdOf(response) is { } id ? $"{code}, request {id}" : code;
        var isUnknown = status >= 500 || response.StatusCode == HttpStatusCode.RequestTimeout;
        var what = isUnknown switch
        {
            false => $"Heroku refused {Name(request)}: {body.Message} ({facts}).",
            true when request.IsSafe() => $"Heroku failed to answer {Name(request)}: {body.Message} ({facts}).",
            true => $"What came of {Name(request)} isn't known: {body.Message} ({facts}). Read back before repeating it.",
        };
        return Fail(request, what, isUnknown, response, body);
    }

    /// <summary>There was no answer.</summary>
    public Exception Of(HttpRequestMessage request, Exception exception, CancellationToken ct) => exception switch
    {
        HerokuApiException or InvalidOperationException => exception,
        OperationCanceledException when ct.IsCancellationRequested => exception,
        HttpRequestException failure when failure.IsUnsent() => Fail(
            request,
            $"{request.RequestUri!.Host} can't be reached for {Name(request)}: {failure.Message}",
            isUnknown: false),
        TimeoutRejectedException timeout => Lost(request, $"no answer within {timeout.Timeout.TotalSeconds:0} seconds"),
        _ => Lost(request, exception.Message),
    };

    /// <summary>The answer isn't what Heroku's documentation says.</summary>
    public Exception OfAnswer(HttpResponseMessage response, Exception exception) =>
        Lost(
            response.RequestMessage!,
            $"its answer can't be read ({(exception is JsonException json ? $"at {json.Path}" : exception.GetType().Name)})",
            response);

    private HerokuApiException Lost(HttpRequestMessage request, string what, HttpResponseMessage? response = null) => Fail(
        request,
        request.IsSafe()
            ? $"Heroku failed to answer {Name(request)}: {what}."
            : $"What came of {Name(request)} isn't known: {what}. Read back before repeating it.",
        isUnknown: true,
        response);

    private HerokuApiException Fail(
        HttpRequestMessage request, string message, bool isUnknown, HttpResponseMessage? response = null, Body body = default) =>
        new(Redact(message), new(request.Method.Method, PathOf(request)))
        {
            Status = response?.StatusCode,
            Id = body.Id,
            Resource = body.Resource,
            RequestId = response is null ? null : RequestIdOf(response),
            OutcomeIsUnknown = isUnknown && !request.IsSafe(),
        };

    private static string Name(HttpRequestMessage request) => $"{request.Method} {PathOf(request)}";

    private static string PathOf(HttpRequestMessage request) => request.RequestUri!.AbsolutePath;

    private static string? RequestIdOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Request-Id", out var ids) ? ids.First() : null;

    private static Body Parse(string text)
    {
        try
        {
            var error = JsonSerializer.Deserialize<Body>(text, HerokuJson.Options);
            return error.Message is null ? new(null, "no reason given", null) : error with { Message = error.Message.TrimEnd('.', ' ') };
        }
        catch (JsonException)
        {
            return new(null, "no reason given", null);
        }
    }

    private string Redact(string message)
    {
        var plain = Credentials().Replace(message, "$1…@");
        plain = Query().Replace(plain, "$1?…");
        return token is null ? plain : plain.Replace(token.Reveal(), "…", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"(\w+://)[^\s/@]+@")]
    private static partial Regex Credentials();

    [GeneratedRegex(@"(\w+://[^\s?]+)\?\S+")]
    private static partial Regex Query();

    private readonly record struct Body(string? Id, string? Message, string? Resource);
}
