using System.Collections;
using Cake.Heroku;
using ReleaseTasks.Chat;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Monitoring;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Sandbox;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// The services that a run talks to: the real ones, or the sandbox's. What leads to them, tokens included, comes from the environment.
/// </summary>
internal sealed class ReleaseServices : IAsyncDisposable
{
    private static readonly string[] Tokens =
    [
        "HEROKU_API_KEY", "GITHUB_TOKEN", "PAPERTRAIL_API_TOKEN", "SENTRY_AUTH_TOKEN",
        "SLACK_WEBHOOK_URL", "SLACK_BOT_TOKEN", "CHAT_WEBHOOK_URL",
    ];

    private readonly SandboxHost? _sandbox;
    private readonly HerokuClients _heroku;
    private readonly OctokitGitHub _github;
    private readonly HttpClient _chat;
    private readonly Papertrail? _papertrail;
    private readonly Sentry? _sentry;

    private ReleaseServices(
        ReleaseOptions options,
        ServiceAccess access,
        SandboxHost? sandbox,
        Redactor redactor,
        Rehearsal? rehearsal,
        Func<RunState> state,
        Action<string> say)
    {
        _sandbox = sandbox;
        IsRehearsal = rehearsal is not null;
        Time = sandbox?.Time.Clock(TimeProvider.System) ?? TimeProvider.System;
        Database = sandbox is null ? new DatabaseReader() : new SandboxDatabaseReader(new DatabaseReader(), sandbox.Time);
        _heroku = HerokuOf(access.Heroku, redactor, Time);
        _github = new OctokitGitHub(access.GitHub, Time, redactor.Clean, say);
        _papertrail = access.Papertrail is { } papertrail ? new Papertrail(papertrail, Time, say) : null;
        _sentry = access.Sentry is { } sentry ? new Sentry(sentry, Time, say) : null;
        _chat = ChatAccess.Connect(Time, say);
        Notifier = new CleanNotifier(access.Chat.Notifier(options.Chat, _chat), redactor.Clean);
        Logs = _papertrail ?? (ILogSearch)new Monitoring.HerokuLogs(new AppName(options.App), _heroku.Logs);
        Keys = new JournalKeys(new AppName(options.App), Heroku, state);
        AppReader = new AppReader(Heroku, Database, Keys);
    }

    public IHerokuApi Heroku => _heroku.Api;

    public IHerokuDataApi Data => _heroku.Data;

    public IHerokuStreams Streams => _heroku.Streams;

    public IGitHub GitHub => _github;

    public INotifier Notifier { get; }

    public ILogSearch Logs { get; }

    /// <summary>Null where none is configured.</summary>
    public IErrorTracker? Errors => _sentry;

    public IDatabaseReader Database { get; }

    public AppReader AppReader { get; }

    public JournalKeys Keys { get; }

    /// <summary>The sandbox's own where there is one.</summary>
    public TimeProvider Time { get; }

    /// <summary>Whether nobody is to be asked for anything.</summary>
    public bool IsRehearsal { get; }

    /// <summary>The pull request that the GitHub workflow around us runs for; null where there is none.</summary>
    public int? WorkflowPullRequest { get; private init; }

    /// <summary>What leads to the sandbox; null where the services are the real ones.</summary>
    public IReadOnlyDictionary<string, string>? SandboxVariables => _sandbox?.Environment;

    /// <summary>Who started that workflow, and who ran it again: logins; none outside of one.</summary>
    public IReadOnlyList<string> WorkflowActors { get; private init; } = [];

    /// <summary>What isn't real about the sandbox, one line each.</summary>
    public IReadOnlyList<string> Notices => _sandbox?.Notices ?? [];

    /// <summary>What the run's own sandbox has to say when the run ends, one line each.</summary>
    public IReadOnlyList<string> LastWords => _sandbox?.LastWords ?? [];

    /// <summary>What a step must not report as real.</summary>
    public SimulatedParts Simulated => _sandbox?.Simulated ?? SimulatedParts.None;

    /// <summary>Connects to the sandbox, or finds the tokens of the real services.</summary>
    /// <param name="state">The roll-out that the run is about.</param>
    /// <param name="say">Takes a line for people when a service lets us wait.</param>
    /// <exception cref="RefusedException">A token or an address is missing or wrong.</exception>
    public static async Task<ReleaseServices> ConnectAsync(
        ReleaseOptions options,
        string folder,
        SandboxArguments arguments,
        Redactor redactor,
        Rehearsal? rehearsal,
        Func<RunState> state,
        Action<string> say,
        CancellationToken ct)
    {
        var sandbox = options.Environment == ReleaseEnvironment.Sandbox
            ? await SandboxHost.StartAsync(options, folder, arguments, rehearsal, ct)
            : null;
        try
        {
            var environment = sandbox?.Environment ?? Variables();
            LearnTokens(redactor, name => environment.GetValueOrDefault(name));
            var access = ServiceAccess.Read(options, environment);
            return new(options, access, sandbox, redactor, rehearsal, state, say)
            {
                WorkflowPullRequest = Workflow.PullRequest(environment),
                WorkflowActors = Workflow.Actors(environment),
            };
        }
        catch
        {
            if (sandbox is not null)
            {
                await sandbox.DisposeAsync();
            }

            throw;
        }
    }

    public IConfirmations Confirmations(int? pullRequest, PlannedStep step, ITerminal terminal) =>
        new Confirmations(GitHub, pullRequest, step, terminal);

    public async ValueTask DisposeAsync()
    {
        _heroku.Dispose();
        _github.Dispose();
        _chat.Dispose();
        _papertrail?.Dispose();
        _sentry?.Dispose();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    /// <summary>What this program is known by to its services.</summary>
    /// <param name="redactor">Keeps it in.</param>
    /// <param name="find">The value of a variable; null where it isn't set.</param>
    public static void LearnTokens(Redactor redactor, Func<string, string?> find)
    {
        foreach (var name in Tokens)
        {
            if (find(name)?.Trim() is { } token)
            {
                redactor.Learn([new(name, token)]);
            }
        }
    }

    /// <summary>The token may come from a netrc file; the app's config vars are kept in from the moment that anybody reads them.</summary>
    internal static HerokuClients HerokuOf(HerokuSettings settings, Redactor redactor, TimeProvider time)
    {
        redactor.Learn([new("HEROKU_API_KEY", settings.Token.Reveal())]);
        return new(settings, time, redactor.Learn);
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value ?? "");
}
