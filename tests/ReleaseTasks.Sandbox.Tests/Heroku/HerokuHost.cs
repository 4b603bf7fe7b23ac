using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>
/// A sandbox with one app, <c>sushi</c> of jim@example.com at v3, on a slug with <c>web</c>, <c>worker</c> and <c>release</c>, and a database attached
/// as DATABASE and HEROKU_POSTGRESQL_YELLOW.
/// </summary>
internal sealed class HerokuHost : IAsyncDisposable
{
    private const string MediaType = "application/vnd.heroku+json; version=3";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SandboxServer _server;
    private readonly string _directory;
    private readonly bool _keep;
    private bool _disposed;

    private HerokuHost(SandboxServer server, string directory, FakeDynos dynos, bool keep)
    {
        (_server, _directory, Dynos, _keep) = (server, directory, dynos, keep);
        Jim = As("jim@example.com");
    }

    public FakeDynos Dynos { get; }

    public string Directory => _directory;

    public SandboxServer Server => _server;

    public Uri Address => _server.Address;

    /// <summary>The owner's client.</summary>
    public HttpClient Jim { get; }

    /// <param name="configure">Other options.</param>
    /// <param name="directory">Whose world goes on; where there's none, it's made.</param>
    /// <param name="keep">Leaves the directory for the next sandbox.</param>
    public static async Task<HerokuHost> StartAsync(Func<SandboxOptions, SandboxOptions>? configure = null, string? directory = null, bool keep = false)
    {
        directory ??= Path.Combine(Path.GetTempPath(), "sandbox-" + Path.GetRandomFileName());
        var dynos = new FakeDynos();
        var options = new SandboxOptions
        {
            Directory = directory,
            Sample = false,
            Provisioning = TimeSpan.Zero,
            DatabasesIn = d => new SimulatedEngine(d, "for tests", TimeProvider.System),
            DynosIn = _ => dynos,
        };
        var server = await SandboxServer.StartAsync(configure?.Invoke(options) ?? options, CancellationToken.None);
        if (server.World.Heroku.Store.Read(world => world.Apps.Count == 0))
        {
            await MakeWorldAsync(server);
        }

        return new HerokuHost(server, directory, dynos, keep);
    }

    public HttpClient As(string email)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Read(world => world.Accounts.Find(a => a.Email == email)!.ApiKey));
        return client;
    }

    public HttpClient Anonymous()
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Accept.ParseAdd(MediaType);
        return client;
    }

    public T Read<T>(Func<HerokuWorld, T> question) => _server.World.Heroku.Store.Read(question);

    public void Change(Action<HerokuWorld> change) => _server.World.Heroku.Store.Change(change);

    public App Sushi => Read(world => world.FindApp("sushi")!);

    /// <summary>The releases' descriptions, oldest first.</summary>
    public IReadOnlyList<string> Releases => Read(world => world.FindApp("sushi")!.Releases.ConvertAll(r => r.Description));

    public IReadOnlyList<string> Log => [.. _server.World.Parts.Logs.Of("sushi").Recent(1000).Select(l => $"{l.Source}[{l.Process}]: {l.Text}")];

    /// <summary>A slug like the first one, built and not yet released.</summary>
    public Guid Build(string commit)
    {
        var slug = Sushi.AddSlug(commit, Sushi.CurrentSlug!.ProcessTypes, _server.Clock.GetUtcNow());
        System.IO.Directory.CreateDirectory(_server.World.Heroku.SlugDirectory(slug));
        return slug.Id;
    }

    /// <summary>When a line was logged.</summary>
    public IReadOnlyList<DateTimeOffset> LogTimes(string line) =>
        [.. _server.World.Parts.Logs.Of("sushi").Recent(1000).Where(l => $"{l.Source}[{l.Process}]: {l.Text}" == line).Select(l => l.At)];

    public Task UpAsync(string dyno) => UntilAsync(() => Log.Contains($"heroku[{dyno}]: State changed from starting to up"), $"{dyno} is up");

    public Task UntilAsync(Func<HerokuWorld, bool> condition, string what) => UntilAsync(() => Read(condition), what);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var limit = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(limit), Is.LessThan(Patience), $"waiting until {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        var (world, saved) = Read(w => (SavedWorld.TextOf(w), SavedWorld.Read(_directory)));
        Jim.Dispose();
        await _server.DisposeAsync();
        if (!_keep)
        {
            System.IO.Directory.Delete(_directory, recursive: true);
        }

        Assert.That(saved, Is.EqualTo(world), "What is saved after the last change");
        Assert.That(_server.Failures, Is.Empty, "The sandbox's own failures");
    }

    private static async Task MakeWorldAsync(SandboxServer server)
    {
        var at = server.Clock.GetUtcNow();
        var (databases, heroku) = (server.World.Parts.Databases, server.World.Heroku);
        await databases.CreateAsync("postgresql-curved-12345", CancellationToken.None);
        heroku.Store.Change(world =>
        {
            var jim = world.CreateAccount("jim@example.com", at);
            var stephan = world.CreateAccount("stephan@example.com", at);
            world.CreateAccount("stranger@example.com", at);
            var sushi = world.CreateApp("sushi", jim, at);
            sushi.AddCollaborator(stephan, at);
            sushi.AddRelease(jim, "Initial release", at);
            var url = databases.UrlOf("postgresql-curved-12345").OriginalString;
            world.AddAddOn(sushi, "heroku-postgresql:standard-0", "postgresql-curved-12345", [new("URL", url)], at, "DATABASE", "HEROKU_POSTGRESQL_YELLOW");
            sushi.AddRelease(jim, "Attach DATABASE (@ref:postgresql-curved-12345)", at);
            sushi.ConfigVars["MYVAR"] = "old";
            var slug = sushi.AddSlug(new string('a', 40), [new("release", "migrate"), new("web", "serve"), new("worker", "work")], at);
            System.IO.Directory.CreateDirectory(heroku.SlugDirectory(slug));
            sushi.AddRelease(jim, "Deploy aaaaaaa", at, slug);
            sushi.SetFormation("web", 1, at);
            sushi.SetFormation("worker", 1, at);
            sushi.SetFormation("release", 0, at);
        });
        await heroku.ResumeAsync(CancellationToken.None);
    }
}

/// <summary>Requests in a word.</summary>
internal static class Sending
{
    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path) => (await (await client.GetAsync(Of(path))).JsonAsync())!;

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string method, string path, object? body = null) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Of(path)) { Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Default) });

    public static async Task<JsonNode?> JsonAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    /// <summary>Its status and the error's id, as <c>422 invalid_params</c>.</summary>
    public static async Task<string> ErrorAsync(this Task<HttpResponseMessage> sent)
    {
        var response = await sent;
        return $"{(int)response.StatusCode} {(await response.JsonAsync())?["id"]}";
    }

    private static Uri Of(string path) => new(path, UriKind.RelativeOrAbsolute);
}
