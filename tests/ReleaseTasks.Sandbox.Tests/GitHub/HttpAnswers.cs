using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

/// <summary>An answer as a test looks at it.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonNode? Body, HttpResponseMessage Message)
{
    public string? Text(params string[] path) => path.Aggregate(Body, (node, name) => node![name])?.ToString();

    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}

internal static class HttpAnswers
{
    public static Task<Answer> AskAsync(this HttpClient client, string path) => client.SendAsync("GET", path, body: null);

    /// <summary>Sends JSON, in the content type that Octokit gives it.</summary>
    public static async Task<Answer> SendAsync(this HttpClient client, string method, string path, object? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/x-www-form-urlencoded");
        }

        var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var json = answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null;
        return new Answer(answer.StatusCode, json, answer);
    }
}
