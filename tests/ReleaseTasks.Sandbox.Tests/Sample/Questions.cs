using System.Net.Http.Headers;
using System.Text.Json;

namespace ReleaseTasks.Sandbox.Tests.Sample;

/// <summary>What a whole sandbox answers to those whose keys it hands out.</summary>
internal static class Questions
{
    private static readonly HttpClient Http = new();

    extension(SandboxServer sandbox)
    {
        public Task<JsonElement> HerokuAsync(string path) => GetAsync(sandbox, path, "HEROKU_API_KEY", "application/vnd.heroku+json; version=3");

        public Task<JsonElement> GitHubAsync(string path) => GetAsync(sandbox, "/api/v3" + path, "GITHUB_TOKEN", "application/vnd.github+json");
    }

    private static async Task<JsonElement> GetAsync(SandboxServer sandbox, string path, string token, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sandbox.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", sandbox.Environment[token]);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.UserAgent.ParseAdd("tests");
        using var answer = await Http.SendAsync(request);
        return JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
    }
}
