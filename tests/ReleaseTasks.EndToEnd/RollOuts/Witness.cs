using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace ReleaseTasks.EndToEnd.RollOuts;

/// <summary>Somebody else's view of a checkout's sandbox: the official Heroku CLI's, and plain HTTP.</summary>
internal sealed class Witness : IAsyncDisposable
{
    private readonly Command _sandbox;
    private readonly Dictionary<string, string?> _environment;
    private readonly string _home = Directory.CreateTempSubdirectory("witness-").FullName;

    private Witness(Command sandbox, IEnumerable<string> printed)
    {
        _sandbox = sandbox;
        _environment = printed
            .Where(line => line.StartsWith("export ", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Split('=', 2))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1]);
        foreach (var name in new[] { "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME" })
        {
            _environment[name] = _home;
        }

        _environment["GIT_CONFIG_GLOBAL"] = Path.Combine(_home, "gitconfig");
        _environment["NO_COLOR"] = "1";
        _environment["TERM"] = "dumb";
        Directory.CreateDirectory(Path.Combine(_home, "heroku"));
        File.WriteAllText(Path.Combine(_home, "heroku", "terms-of-service"), "");
    }

    public static bool HasHerokuCli => File.Exists(HerokuCli);

    private static string HerokuCli => Repository.PathOf(".tools", "node_modules", ".bin", "heroku");

    /// <summary>Serves the checkout's sandbox in the foreground, as <c>--target=Sandbox</c> does, until disposed.</summary>
    public static async Task<Witness> OfAsync(Checkout checkout)
    {
        var sandbox = checkout.Start("--target=Sandbox");
        return new Witness(sandbox, await sandbox.PrintedAsync("ready", default));
    }

    /// <summary>What <c>heroku ARGUMENTS --app sushi</c> prints; it has to end with 0.</summary>
    public async Task<string> HerokuAsync(params string[] arguments)
    {
        var run = await Command.RunAsync(_home, HerokuCli, [.. arguments, "--app", "sushi"], default, _environment);
        Assert.That(run.ExitCode, Is.Zero, $"heroku {string.Join(' ', arguments)}: {run}");
        return run.Output.Trim();
    }

    public Task<JsonNode> HerokuApiAsync(string path) => GetAsync($"{_environment["HEROKU_HOST"]}{path}", new("Bearer", _environment["HEROKU_API_KEY"]));

    public Task<JsonNode> GitHubApiAsync(string path) => GetAsync($"{_environment["GITHUB_API_URL"]}{path}", new("Bearer", _environment["GITHUB_TOKEN"]));

    public Task<JsonNode> ChatAsync() => GetAsync($"{_environment["HEROKU_HOST"]}/slack/messages", null);

    /// <summary>The tokens and addresses that must not be seen anywhere.</summary>
    public IEnumerable<string> Secrets => new[] { "HEROKU_API_KEY", "GITHUB_TOKEN", "SLACK_WEBHOOK_URL" }.Select(name => _environment[name]!);

    /// <summary>Ends the sandbox as Ctrl-C does, and tells with what code it ended.</summary>
    public async Task<int> EndAsync()
    {
        await _sandbox.SignalAsync("INT", default);
        return (await _sandbox.FinishedAsync(default)).ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_home, recursive: true);
    }

    private static async Task<JsonNode> GetAsync(string address, AuthenticationHeaderValue? authorization)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = authorization;
        http.DefaultRequestHeaders.UserAgent.Add(new("witness", null));
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/vnd.heroku+json; version=3");
        return JsonNode.Parse(await http.GetStringAsync(address))!;
    }
}
