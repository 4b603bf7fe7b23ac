using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>Everything of a world that a roll-out may change, as lines of text that are the same for two worlds in which the same was done.</summary>
internal static partial class WorldSnapshot
{
    public static async Task<string> OfAsync(Arena arena, int pullRequest)
    {
        using var looker = new Looker(arena);
        var found = await looker.GitHubAsync($"/repos/zupo/sushi/pulls/{pullRequest}");
        var lines = new List<string>();
        await AddHerokuAsync(lines, looker);
        await AddGitHubAsync(lines, looker, found);
        lines.Add($"told: {Told((await looker.HerokuAsync("/slack/messages")).AsArray().Count, found)}");
        lines.AddRange(Revisions(arena));
        return Normalised(string.Join('\n', lines), found);
    }

    private static async Task AddHerokuAsync(List<string> lines, Looker looker)
    {
        lines.Add($"maintenance: {(await looker.HerokuAsync("/apps/sushi"))["maintenance"]}");
        lines.AddRange(await looker.ListAsync("release", "/apps/sushi/releases", r => $"{Padded(r["version"])} {r["description"]} {r["status"]}{(r["current"]!.GetValue<bool>() ? " current" : "")}"));
        lines.AddRange(await looker.ListAsync("build", "/apps/sushi/builds", b => $"{b["source_blob"]!["version"]} {b["status"]}"));
        lines.AddRange(((await looker.HerokuAsync("/apps/sushi/config-vars")).AsObject()).Select(v => $"config var {v.Key} = {v.Value}"));
        lines.AddRange(await looker.ListAsync("formation", "/apps/sushi/formation", f => $"{f["type"]}={f["quantity"]}"));
        lines.AddRange(await looker.ListAsync("dyno", "/apps/sushi/dynos", d => $"{d["name"]}"));
        lines.AddRange(await looker.ListAsync("add-on", "/apps/sushi/addons", a => $"{a["name"]} {a["state"]}"));
        lines.AddRange(await looker.ListAsync("attachment", "/apps/sushi/addon-attachments", a => $"{a["name"]} → {a["addon"]!["name"]}"));
        lines.AddRange(await looker.ListAsync("backup", "/client/v11/apps/sushi/transfers", t => $"{t["num"]} {t["succeeded"]}"));
    }

    private static async Task AddGitHubAsync(List<string> lines, Looker looker, JsonNode pullRequest)
    {
        lines.Add($"pull request: {pullRequest["state"]}, merged: {pullRequest["merged"]}");
        lines.Add(pullRequest["body"]!.GetValue<string>());
        lines.AddRange((await looker.GitHubAsync("/repos/zupo/sushi/commits?sha=master")).AsArray().Select(c => $"commit {c!["commit"]!["message"]!.GetValue<string>().Split('\n')[0]}"));
        lines.AddRange((await looker.GitHubAsync("/repos/zupo/sushi/git/matching-refs/")).AsArray().Select(r => $"ref {r!["ref"]}").Where(line => !line.StartsWith("ref refs/pull/", StringComparison.Ordinal)));
        lines.AddRange((await looker.GitHubAsync($"/repos/zupo/sushi/issues/{pullRequest["number"]}/comments")).AsArray().Select(c => $"comment {c!["body"]}"));
    }

    /// <summary>A chat can't be asked what it has: a killed run may have told nobody, if it says so.</summary>
    private static string Told(int messages, JsonNode pullRequest) =>
        messages == 0 && pullRequest["body"]!.GetValue<string>().Contains("may have been sent", StringComparison.Ordinal) ? "1" : $"{messages}";

    /// <summary>Each simulated database's last migration.</summary>
    private static IEnumerable<string> Revisions(Arena arena) => Directory.EnumerateFiles(arena.PathOf(".sandbox", "simulated"), "*.revisions").Order()
        .Select(file => $"database {Path.GetFileNameWithoutExtension(file)} at {File.ReadLines(file).LastOrDefault()?.Split(' ')[1]}");

    private static string Normalised(string text, JsonNode pullRequest)
    {
        var merge = pullRequest["merge_commit_sha"]?.GetValue<string>();
        var named = merge is null ? text : text.Replace(merge, "MERGE", StringComparison.Ordinal).Replace(merge[..7], "MERGE", StringComparison.Ordinal);
        named = Addresses().Replace(named, "HOST");
        named = Evidence().Replace(named, "");
        named = Ids().Replace(named, "ID");
        return Times().Replace(named, "TIME");
    }

    private static string Padded(JsonNode? version) => $"v{version!.GetValue<int>():000}";

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}(:\d{2})?| UTC)?")]
    private static partial Regex Times();

    /// <summary>What Heroku numbers itself, in the links of ticked boxes.</summary>
    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Addresses();

    /// <summary>What a ticked box says of an outcome that nobody knows.</summary>
    [GeneratedRegex(@"(sent to [^\n]*|may have been sent[^\n]*)")]
    private static partial Regex Evidence();

    private sealed class Looker : IDisposable
    {
        private readonly HttpClient _http = new();
        private readonly IReadOnlyDictionary<string, string> _environment;

        public Looker(Arena arena)
        {
            _environment = arena.Sandbox.Environment;
            _http.DefaultRequestHeaders.UserAgent.Add(new("looker", null));
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/vnd.heroku+json; version=3");
        }

        public Task<JsonNode> HerokuAsync(string path) => GetAsync(_environment["HEROKU_HOST"].TrimEnd('/') + path, _environment["HEROKU_API_KEY"]);

        public Task<JsonNode> GitHubAsync(string path) => GetAsync(_environment["GITHUB_API_URL"].TrimEnd('/') + path, _environment["GITHUB_TOKEN"]);

        public async Task<IEnumerable<string>> ListAsync(string what, string path, Func<JsonNode, string> line) =>
            (await HerokuAsync(path)).AsArray().Select(item => $"{what} {line(item!)}").Order(StringComparer.Ordinal);

        public void Dispose() => _http.Dispose();

        private async Task<JsonNode> GetAsync(string address, string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{address}: {answer.StatusCode} {text}");
        }
    }
}
