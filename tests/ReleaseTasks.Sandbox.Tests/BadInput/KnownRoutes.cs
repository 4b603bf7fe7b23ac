using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Tests.Heroku;
using ReleaseTasks.Shapes;

namespace ReleaseTasks.Sandbox.Tests.BadInput;

/// <summary>The sample world, and every request that the sandbox itself says it knows: none can be forgotten here.</summary>
internal sealed partial class KnownRoutes : IAsyncDisposable
{
    private readonly string _directory;
    private readonly HttpClient _client;
    private readonly string _addOn;

    private KnownRoutes(SandboxServer server, string directory)
    {
        (Server, _directory) = (server, directory);
        _addOn = server.World.Heroku.Store.Read(world => world.AddOns[0].Id.ToString());
        _client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(20) };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd(Exchange.Nonsense);
        _client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.heroku+json; version=3");
    }

    public SandboxServer Server { get; }

    public static async Task<KnownRoutes> OpenAsync()
    {
        var directory = Directory.CreateTempSubdirectory("bad-input-").FullName;
        var options = new SandboxOptions
        {
            Directory = directory,
            Provisioning = TimeSpan.Zero,
            RateLimit = 1_000_000,
            DatabasesIn = d => new SimulatedEngine(d, "for tests", TimeProvider.System),
            DynosIn = _ => new FakeDynos(),
        };
        return new KnownRoutes(await SandboxServer.StartAsync(options, CancellationToken.None), directory);
    }

    /// <summary>Each route and method, once; what deletes comes last.</summary>
    public IReadOnlyList<(string Method, string Pattern)> All =>
        [.. Server.Routes
            .SelectMany(r => (r.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (method, "/" + r.RoutePattern.RawText!.TrimStart('/'))))
            .Distinct().OrderBy(r => r.method == "DELETE")];

    /// <summary>The path with values of the sample world where <paramref name="fill"/> has none.</summary>
    public string PathOf(string pattern, Func<string, string?>? fill = null) =>
        Part().Replace(pattern, part => fill?.Invoke(part.Groups["name"].Value) ?? Sample(part.Groups["name"].Value, pattern));

    public async Task<Reply> SendAsync(string method, string path, HttpContent? body = null, bool withToken = true, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body };
        token ??= withToken ? Token(path) : null;
        if (token is not null && path.StartsWith("/papertrail", StringComparison.Ordinal))
        {
            request.Headers.Add("X-Papertrail-Token", token);
        }
        else if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var answer = await _client.SendAsync(request);
        return new Reply($"{method} {path}", (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private string Token(string path) => Server.Environment[path.Split('/')[1] switch
    {
        "api" or "git" => "GITHUB_TOKEN",
        "papertrail" => "PAPERTRAIL_API_TOKEN",
        "sentry" => "SENTRY_AUTH_TOKEN",
        "slack" => "SLACK_WEBHOOK_URL",
        _ => "HEROKU_API_KEY",
    }];

    private string Sample(string name, string pattern) => name switch
    {
        "app" or "org" => "sushi",
        "addon" or "database" => _addOn,
        "attachment" => "DATABASE",
        "release" => "51",
        "type" => "web",
        "dyno" => "web.1",
        "collaborator" or "user" => "stephan@example.com",
        "feature" => "preboot",
        "service" => "heroku-postgresql",
        "plan" => "heroku-postgresql:standard-0",
        "owner" => "zupo",
        "repo" => "sushi",
        "repositoryId" => Server.World.GitHub.World.FindRepository("zupo", "sushi")!.Id.ToString(),
        "number" => "3",
        "username" or "login" => "dz0ny",
        "branch" or "ref" or "sha" or "basehead" => pattern.Contains("/git/ref", StringComparison.Ordinal) ? "heads/master" : "master",
        "secret" when pattern.StartsWith("/slack", StringComparison.Ordinal) => Server.Environment["SLACK_WEBHOOK_URL"].Split("/services/")[^1],
        "method" => "chat.postMessage",
        "rest" => "info/refs?service=git-upload-pack",
        "path" => "Procfile",
        _ => "1",
    };

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)(:\w+)?\}")]
    private static partial Regex Part();
}

/// <summary>What came back.</summary>
internal sealed record Reply(string Request, int Status, string? Type, string Text)
{
    public override string ToString() => $"{Request}: {Status} {(Text.Length > 200 ? Text[..200] : Text)}";
}
