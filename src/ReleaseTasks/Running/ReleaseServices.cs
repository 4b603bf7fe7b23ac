using System.Collections;
using Cake.Heroku;
using ReleaseTasks.Chat;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Monitoring;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Sandbox;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>The services that a run talks to: the real ones, or the sandbox's. What leads to them, tokens included, comes from the environment.</summary>
internal sealed class ReleaseServices : IAsyncDisposable
{
    private static readonly string[] Secrets = ["HEROKU_API_KEY", "GITHUB_TOKEN", "PAPERTRAIL_API_TOKEN", "SENTRY_AUTH_TOKEN", "SLACK_WEBHOOK_URL", "SLACK_BOT_TOKEN"];

    private readonly SandboxHost? _sandbox;
    private readonly HttpClient _http = new();
    private readonly HerokuClients _heroku;
    private readonly OctokitGitHub _github;

    private ReleaseServices(
        ReleaseOptions options, IReadOnlyDictionary<string, string> environment, SandboxHost? sandbox, Rehearsal? rehearsal,
        Func<RunState> state, Action<IEnumerable<string?>> learn)
    {
        _sandbox = sandbox;
        IsRehearsal = rehearsal is not null;
        Time = sandbox?.Time.Clock(TimeProvider.System) ?? TimeProvider.System;
        Database = sandbox is null ? new DatabaseReader() : new SandboxDatabaseReader(new DatabaseReader(), sandbox.Time);
        _heroku = HerokuClients.FromEnvironment(environment, Time);
        _github = new OctokitGitHub(GitHubOf(options, environment), Time);
        Notifier = ChatOf(environment).Notifier(_http, Time) ?? new NobodyToTell();
        Logs = LogsOf(options, environment);
        Errors = ErrorsOf(options, environment);
        WorkflowPullRequest = Workflow.PullRequest(environment);
        Keys = new JournalKeys(new AppName(options.App), Heroku, state, learn);
        AppReader = new AppReader(Heroku, Database, Keys);
    }

    public IHerokuApi Heroku => _heroku.Api;

    public IHerokuDataApi Data => _heroku.Data;

    public IHerokuStreams Streams => _heroku.Streams;

    public IGitHub GitHub => _github;

    public INotifier Notifier { get; }

    public ILogSearch Logs { get; }

    /// <summary>Null where none is configured.</summary>
    public IErrorTracker? Errors { get; }

    public IDatabaseReader Database { get; }

    public AppReader AppReader { get; }

    public JournalKeys Keys { get; }

    /// <summary>The sandbox's own where there is one.</summary>
    public TimeProvider Time { get; }

    /// <summary>Whether nobody is to be asked for anything.</summary>
    public bool IsRehearsal { get; }

    /// <summary>The pull request that the GitHub workflow around us runs for; null where there is none.</summary>
    public int? WorkflowPullRequest { get; }

    /// <summary>What isn't real about the sandbox, one line each.</summary>
    public IReadOnlyList<string> Notices => _sandbox?.Notices ?? [];

    /// <summary>What the run's own sandbox has to say when the run ends, one line each.</summary>
    public IReadOnlyList<string> LastWords => _sandbox?.LastWords ?? [];

    /// <summary>What a step must not report as real.</summary>
    public SimulatedParts Simulated => _sandbox?.Simulated ?? SimulatedParts.None;

    /// <summary>Connects to the sandbox, or finds the tokens of the real services.</summary>
    /// <param name="state">The roll-out that the run is about.</param>
    /// <exception cref="RefusedException">A token is missing.</exception>
    public static async Task<ReleaseServices> ConnectAsync(
        ReleaseOptions options, string folder, SandboxArguments arguments, Redactor redactor, Rehearsal? rehearsal,
        Func<RunState> state, CancellationToken ct)
    {
        var sandbox = options.Environment == ReleaseEnvironment.Sandbox ? await SandboxHost.StartAsync(options, folder, arguments, rehearsal, ct) : null;
        try
        {
            var environment = sandbox?.Environment ?? Variables();
            redactor.Learn(Secrets.Select(name => environment.GetValueOrDefault(name)));
            return new(options, environment, sandbox, rehearsal, state, redactor.Learn);
        }
        catch (Exception e)
        {
            if (sandbox is not null)
            {
                await sandbox.DisposeAsync();
            }

            if (e is HerokuConfigurationException)
            {
                throw new RefusedException($"{e.Message} Nothing was changed.");
            }

            throw;
        }
    }

    public IConfirmations Confirmations(int? pullRequest, PlannedStep step, ITerminal terminal) => new Confirmations(GitHub, pullRequest, step, terminal);

    public async ValueTask DisposeAsync()
    {
        _heroku.Dispose();
        _github.Dispose();
        _http.Dispose();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    private static GitHubOptions GitHubOf(ReleaseOptions options, IReadOnlyDictionary<string, string> environment) => new()
    {
        Repository = RepositoryName.Parse(options.Repository)!,
        Address = new Uri(environment.GetValueOrDefault("GITHUB_API_URL") ?? "https://api.github.com"),
        Token = environment.GetValueOrDefault("GITHUB_TOKEN") ?? throw new RefusedException("GITHUB_TOKEN: not set. Set it to a token of the pull request's author. Nothing was changed."),
    };

    private static ChatOptions ChatOf(IReadOnlyDictionary<string, string> environment) => new()
    {
        SlackBotToken = environment.GetValueOrDefault("SLACK_BOT_TOKEN"),
        SlackApi = AddressIn(environment, "SLACK_API_URL") ?? new ChatOptions().SlackApi,
        SlackWebhook = AddressIn(environment, "SLACK_WEBHOOK_URL"),
    };

    private ILogSearch LogsOf(ReleaseOptions options, IReadOnlyDictionary<string, string> environment) => options.Logs.Provider switch
    {
        LogProvider.Papertrail => new Papertrail(
            _http,
            new()
            {
                Token = environment.GetValueOrDefault("PAPERTRAIL_API_TOKEN") ?? throw Missing("PAPERTRAIL_API_TOKEN", "logs/provider is 'papertrail'"),
                Address = AddressIn(environment, "PAPERTRAIL_URL") ?? new("https://papertrailapp.com"),
                System = options.App,
            },
            Time),
        _ => new Monitoring.HerokuLogs(_http, async (lines, ct) => (await Heroku.CreateLogSessionAsync(new AppName(options.App), new() { Lines = lines }, ct)).LogplexUrl.ToUri()),
    };

    private Sentry? ErrorsOf(ReleaseOptions options, IReadOnlyDictionary<string, string> environment) => options.Errors.Provider switch
    {
        ErrorProvider.Sentry => new Sentry(
            _http,
            new()
            {
                Token = environment.GetValueOrDefault("SENTRY_AUTH_TOKEN") ?? throw Missing("SENTRY_AUTH_TOKEN", "errors/provider is 'sentry'"),
                Address = AddressIn(environment, "SENTRY_URL") ?? new("https://sentry.io"),
                Organization = options.Errors.Organization,
                Project = options.Errors.Project,
            },
            Time),
        _ => null,
    };

    private static Uri? AddressIn(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.GetValueOrDefault(name) is { Length: > 0 } address ? new Uri(address) : null;

    private static RefusedException Missing(string name, string because) => new($"{name}: not set, though {because}. Nothing was changed.");

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
}
