using System.Text.Json;

namespace Cake.Heroku.Http;

/// <summary>Tells of the config vars in answers: whoever must keep their values out of texts knows them as soon as anybody does.</summary>
internal sealed class ConfigVarsHandler(Action<IReadOnlyDictionary<string, string>> tell) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && request.RequestUri!.AbsolutePath.EndsWith("/config-vars", StringComparison.Ordinal))
        {
            tell(Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }

        return response;
    }

    private static Dictionary<string, string> Parse(byte[] answer)
    {
        try
        {
            var read = JsonSerializer.Deserialize<Dictionary<string, string?>>(answer, HerokuJson.Options) ?? [];
            return read.Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!);
        }
        catch (JsonException)
        {
            return []; // who asked for them finds out, and says so
        }
    }
}
