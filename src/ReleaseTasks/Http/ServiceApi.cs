using System.Net;
using System.Text.Json;
using Refit;

namespace ReleaseTasks.Http;

/// <summary>
/// Makes a client of an interface, for a service that speaks JSON. Whatever goes wrong is a <see cref="ServiceException"/>.
/// </summary>
internal static class ServiceApi
{
    /// <param name="service">For people, such as <c>Sentry</c>.</param>
    /// <param name="http">The connection, with address and token.</param>
    /// <param name="names">How the service spells the names of its fields.</param>
    public static T Of<T>(string service, HttpClient http, JsonNamingPolicy names) => RestService.For<T>(http, Settings(service, names));

    /// <summary>A field that is missing or misspelt fails; one that isn't asked for is passed over.</summary>
    private static JsonSerializerOptions Json(JsonNamingPolicy names) => new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = names,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static RefitSettings Settings(string service, JsonNamingPolicy names) => new(new SystemTextJsonContentSerializer(Json(names)))
    {
        ExceptionFactory = response => ValueTask.FromResult<Exception?>(Refusal(service, response)),
        TransportExceptionFactory = (request, e, ct) => NoAnswer(service, request, e, ct),
        DeserializationExceptionFactory = (response, e) => ValueTask.FromResult<Exception?>(Unreadable(service, response, e)),
    };

    private static ServiceException? Refusal(string service, HttpResponseMessage response) => response.IsSuccessStatusCode
        ? null
        : new($"{service} refused {Name(response.RequestMessage!)} ({(int)response.StatusCode}).")
        {
            Status = response.StatusCode,
            DidNothing = response.StatusCode < HttpStatusCode.InternalServerError,
        };

    private static Exception NoAnswer(string service, HttpRequestMessage request, Exception e, CancellationToken ct) =>
        e is OperationCanceledException && ct.IsCancellationRequested
            ? e
            : new ServiceException($"{service} did not answer {Name(request)}: {e.Message}", e)
            {
                DidNothing = e is HttpRequestException { NeverLeft: true },
            };

    private static ServiceException Unreadable(string service, HttpResponseMessage response, Exception e)
    {
        var where = e is JsonException { Path: { } path } ? $"at {path}" : e.Message;
        return new($"{service}'s answer to {Name(response.RequestMessage!)} can't be read ({where}).", e) { Status = response.StatusCode };
    }

    private static string Name(HttpRequestMessage request) => $"{request.Method} {request.RequestUri!.AbsolutePath}";
}
