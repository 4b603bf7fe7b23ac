using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Reports;
using ReleaseTasks.Running;
using ReleaseTasks.Sandbox;
using Spectre.Console;

namespace ReleaseTasks.Tests.Running;

/// <summary>Runs of the library's own code against a sandbox that stays up between them; other processes' views are the business of the end-to-end tests.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stage-").FullName;
    private SandboxServer _sandbox = null!;

    private Stage()
    {
    }

    public ReleaseOptions Options { get; set; } = new()
    {
        Project = "sushi",
        App = "sushi",
        Repository = "zupo/sushi",
        Environment = ReleaseEnvironment.Sandbox,
        LeadingDevelopers = ["zupo", "dz0ny", "karantan"],
        Ops = ["dz0ny", "gurvankervern"],
    };

    /// <summary>Nobody sits there, unless a test says who.</summary>
    public ITerminal Terminal { get; set; } = new ScriptedTerminal(null);

    public IReadOnlyList<IStepRecogniser> Recognisers { get; set; } = [];

    public IProjectTasks Tasks { get; set; } = new NoProjectTasks();

    /// <summary>What the last run printed, also where it threw.</summary>
    public string Printed { get; private set; } = "";

    /// <summary>Sees every request before the sandbox does; null for nobody.</summary>
    public Func<HttpContext, RequestDelegate, Task>? Meddle { get; set; }

    public string Folder => _folder;

    public Uri Address => _sandbox.Address;

    public IReadOnlyDictionary<string, string> Environment => _sandbox.Environment;

    /// <summary>The world behind the stand-ins, for what no request of theirs can change.</summary>
    public SandboxServer Sandbox => _sandbox;

    /// <param name="how">How its sandbox serves, where that isn't as usual.</param>
    public static async Task<Stage> SetAsync(Func<SandboxOptions, SandboxOptions>? how = null)
    {
        var stage = new Stage();
        var usual = new SandboxOptions
        {
            Directory = Path.Combine(stage._folder, ".sandbox"),
            Before = (context, next) => stage.Meddle is { } meddle ? meddle(context, next) : next(context),
        };
        stage._sandbox = await SandboxServer.StartAsync(how?.Invoke(usual) ?? usual, default);
        return stage;
    }

    /// <summary>One run, as a command line of its own would be.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> RunAsync(Func<ReleaseRun, Task> work, params (string Name, string Value)[] arguments)
    {
        using var printed = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(printed) });
        var redactor = new Redactor();
        var read = new ReleaseArguments(arguments.ToDictionary(argument => argument.Name, argument => argument.Value));
        try
        {
            await using var run = new ReleaseRun(Options, _folder, read, new PlainScreen(console, redactor), console, redactor) { Terminal = Terminal, Recognisers = Recognisers, Tasks = Tasks };
            await work(run);
        }
        finally
        {
            Printed = printed.ToString();
        }

        return Printed;
    }

    /// <summary>Asks the stand-in of GitHub, as the author of the sample's pull request.</summary>
    public Task<JsonNode> GitHubAsync(HttpMethod method, string path, object? body = null) => AskAsync(method, Environment["GITHUB_API_URL"] + path, Environment["GITHUB_TOKEN"], body);

    /// <summary>Asks the stand-in of Heroku, as the owner of the app.</summary>
    public Task<JsonNode> HerokuAsync(string path) => HerokuAsync(HttpMethod.Get, path);

    public Task<JsonNode> HerokuAsync(HttpMethod method, string path, object? body = null) =>
        AskAsync(method, Environment["HEROKU_HOST"] + path, Environment["HEROKU_API_KEY"], body);

    /// <summary>Asks the stand-in of GitHub as somebody else.</summary>
    public Task<JsonNode> GitHubAsync(string login, HttpMethod method, string path, object? body = null) =>
        AskAsync(method, Environment["GITHUB_API_URL"] + path, _sandbox.World.GitHub.World.FindAccount(login)!.Token, body);

    private async Task DeleteAsync(string path)
    {
        using var http = Client(Environment["GITHUB_TOKEN"]);
        using var answer = await http.DeleteAsync(new Uri(Environment["GITHUB_API_URL"] + path));
        Assert.That(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
    }

    private static HttpClient Client(string token)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        http.DefaultRequestHeaders.UserAgent.Add(new("stage", null));
        return http;
    }

    private static async Task<JsonNode> AskAsync(HttpMethod method, string address, string token, object? body)
    {
        using var http = Client(token);
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.heroku+json; version=3");
        using var answer = await http.SendAsync(request);
        Assert.That(answer.IsSuccessStatusCode, $"{method} {address}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>Pushes a branch with one more file, as a developer does.</summary>
    public async Task PushAsync(string branch, string file, string text, string message)
    {
        var checkout = Path.Combine(_folder, "checkouts", Path.GetRandomFileName());
        var origin = new UriBuilder(Address) { Path = "/git/zupo/sushi.git", UserName = "zupo", Password = Environment["GITHUB_TOKEN"] }.Uri;
        await GitAsync(_folder, "clone", "--quiet", origin.AbsoluteUri, checkout);
        await GitAsync(checkout, "checkout", "--quiet", "-b", branch);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(checkout, file))!);
        await File.WriteAllTextAsync(Path.Combine(checkout, file), text);
        await GitAsync(checkout, "add", "--all");
        await GitAsync(checkout, "-c", "user.name=zupo", "-c", "user.email=zupo@example.com", "commit", "--quiet", "-m", message);
        await GitAsync(checkout, "push", "--quiet", "origin", branch);
    }

    private static async Task GitAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardError = true };
        (start.Environment["GIT_CONFIG_GLOBAL"], start.Environment["GIT_TERMINAL_PROMPT"]) = ("/dev/null", "0");
        using var git = Process.Start(start)!;
        var errors = await git.StandardError.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.That(git.ExitCode, Is.Zero, errors);
    }

    /// <summary>From now on runs have the token of a GitHub app, as a workflow has.</summary>
    public async Task UseAppTokenAsync()
    {
        var github = _sandbox.World.GitHub.World;
        var app = github.AddApp("checker");
        github.AddCollaborator(github.FindRepository("zupo", "sushi")!, app.Login, "write");
        await AnnounceAsync(Environment["GITHUB_TOKEN"], app.Token);
    }

    /// <summary>From now on nothing answers runs that ask for GitHub; everything else is there.</summary>
    /// <returns>Brings it back.</returns>
    public async Task<Func<Task>> CutOffGitHubAsync()
    {
        const string NobodyThere = "http://127.0.0.1:1";
        await AnnounceAsync(Environment["GITHUB_API_URL"], NobodyThere);
        return () => AnnounceAsync(NobodyThere, Environment["GITHUB_API_URL"]);
    }

    /// <summary>What comes of a lock whose process is gone: all runs of a stage are of one process, which lives.</summary>
    public Task FreeLockAsync() => DeleteAsync("/repos/zupo/sushi/git/refs/release-locks/sushi");

    /// <summary>From now on runs have another one's token.</summary>
    public Task UseTokenOfAsync(string login) => AnnounceAsync(Environment["GITHUB_TOKEN"], _sandbox.World.GitHub.World.FindAccount(login)!.Token);

    /// <summary>What runs find in their environment besides, as in a workflow.</summary>
    /// <returns>Takes it away again.</returns>
    public async Task<Func<Task>> SurroundAsync(params IEnumerable<(string Name, string Value)> variables)
    {
        var before = await File.ReadAllTextAsync(RunningFile);
        var running = JsonNode.Parse(before)!;
        foreach (var (name, value) in variables)
        {
            running[nameof(Environment)]![name] = value;
        }

        await File.WriteAllTextAsync(RunningFile, running.ToJsonString());
        return () => File.WriteAllTextAsync(RunningFile, before);
    }

    private string RunningFile => Path.Combine(_folder, ".sandbox", "running.json");

    /// <summary>Changes what runs are told of the sandbox.</summary>
    private async Task AnnounceAsync(string told, string instead) =>
        await File.WriteAllTextAsync(RunningFile, (await File.ReadAllTextAsync(RunningFile)).Replace(told, instead, StringComparison.Ordinal));

    /// <summary>The requests that this process sends to the sandbox from now on, until disposed.</summary>
    public Recording Record() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A person who types these lines and leaves; null for nobody.</summary>
    internal sealed class ScriptedTerminal(IEnumerable<string>? lines) : ITerminal
    {
        private readonly Queue<string> _lines = new(lines ?? []);

        public bool HasPerson => lines is not null;

        public Func<Task> BeforeEachAnswer { get; init; } = () => Task.CompletedTask;

        public async Task<string?> ReadLineAsync(CancellationToken ct)
        {
            await BeforeEachAnswer();
            return _lines.TryDequeue(out var line) ? line : null;
        }
    }

    internal sealed class Recording : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private readonly ConcurrentQueue<string> _requests = [];
        private readonly List<IDisposable> _subscriptions = [];
        private readonly Uri _address;

        public Recording(Uri address)
        {
            _address = address;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        /// <summary><c>PATCH /apps/sushi</c>, in their order.</summary>
        public IReadOnlyList<string> Requests => [.. _requests];

        public void Dispose() => _subscriptions.ForEach(subscription => subscription.Dispose());

        void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
        {
            if (value.Name == "HttpHandlerDiagnosticListener")
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }

        void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key.EndsWith(".Start", StringComparison.Ordinal)
                && value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is HttpRequestMessage { RequestUri: { } url } request
                && url.Port == _address.Port)
            {
                _requests.Enqueue($"{request.Method} {url.AbsolutePath}");
            }
        }

        void IObserver<DiagnosticListener>.OnCompleted()
        {
        }

        void IObserver<DiagnosticListener>.OnError(Exception error)
        {
        }

        void IObserver<KeyValuePair<string, object?>>.OnCompleted()
        {
        }

        void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
        {
        }
    }
}
