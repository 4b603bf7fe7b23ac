using Cake.Heroku;
using ReleaseTasks.Chat;
using ReleaseTasks.GitHub;
using ReleaseTasks.Http;
using ReleaseTasks.Monitoring;
using ReleaseTasks.Options;

namespace ReleaseTasks.Running;

/// <summary>
/// What leads to each service: addresses and tokens from the environment, names from the settings. Checked once, all at once.
/// </summary>
internal sealed record ServiceAccess
{
    private static readonly HashSet<string> Variables =
    [
        "HEROKU_HOST", "HEROKU_DATA_HOST", "HEROKU_POSTGRESQL_HOST", "HEROKU_API_KEY", "GITHUB_API_URL", "GITHUB_TOKEN",
        "PAPERTRAIL_URL", "PAPERTRAIL_API_TOKEN", "SENTRY_URL", "SENTRY_AUTH_TOKEN",
        "SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_WEBHOOK_URL", "CHAT_WEBHOOK_URL",
    ];

    public required HerokuSettings Heroku { get; init; }

    public required GitHubOptions GitHub { get; init; }

    public required ChatAccess Chat { get; init; }

    /// <summary>Null where the log is Heroku's own.</summary>
    public PapertrailOptions? Papertrail { get; init; }

    /// <summary>Null where no error tracker is configured.</summary>
    public SentryOptions? Sentry { get; init; }

    /// <summary>Whether an environment variable leads to a service.</summary>
    public static bool IsVariable(string name) => Variables.Contains(name);

    /// <exception cref="RefusedException">A variable is missing, or leads where a token must not go: every one of them is
    /// named.</exception>
    public static ServiceAccess Read(ReleaseOptions options, IReadOnlyDictionary<string, string> environment)
    {
        var problems = new List<string>();
        var variables = new ServiceVariables(environment);
        var heroku = HerokuOf(environment, problems);
        var access = new ServiceAccess
        {
            Heroku = heroku!,
            GitHub = GitHubOf(options, variables),
            Chat = ChatOf(options, variables, problems),
            Papertrail = options.Logs.Provider == LogProvider.Papertrail ? PapertrailOf(options, variables) : null,
            Sentry = options.Errors.Provider == ErrorProvider.Sentry ? SentryOf(options, variables) : null,
        };
        problems.AddRange(variables.Problems);
        return problems.Count == 0
            ? access
            : throw new RefusedException($"{string.Join(Environment.NewLine, problems)} Nothing was changed.");
    }

    private static HerokuSettings? HerokuOf(IReadOnlyDictionary<string, string> environment, List<string> problems)
    {
        try
        {
            return HerokuSettings.FromEnvironment(environment);
        }
        catch (HerokuConfigurationException e)
        {
            problems.Add(e.Message);
            return null;
        }
    }

    private static GitHubOptions GitHubOf(ReleaseOptions options, ServiceVariables variables) => new()
    {
        Repository = RepositoryName.Parse(options.Repository)!,
        Address = variables.Address("GITHUB_API_URL", "https://api.github.com"),
        Token = variables.Secret("GITHUB_TOKEN", ". Set it to a token of the pull request's author."),
    };

    private static ChatAccess ChatOf(ReleaseOptions options, ServiceVariables variables, List<string> problems)
    {
        var bot = variables.Find("SLACK_BOT_TOKEN");
        if (bot is not null && options.Chat.SlackChannel.Length == 0)
        {
            problems.Add("chat/slackChannel: not set, though SLACK_BOT_TOKEN is: a bot has to be told its channel.");
        }

        return new()
        {
            SlackBotToken = bot,
            SlackApi = variables.Address("SLACK_API_URL", "https://slack.com/api"),
            SlackWebhook = variables.SecretAddress("SLACK_WEBHOOK_URL"),
            Webhook = variables.SecretAddress("CHAT_WEBHOOK_URL"),
        };
    }

    private static PapertrailOptions PapertrailOf(ReleaseOptions options, ServiceVariables variables) => new()
    {
        Token = variables.Secret("PAPERTRAIL_API_TOKEN", ", though logs/provider is 'papertrail'."),
        Address = variables.Address("PAPERTRAIL_URL", "https://papertrailapp.com"),
        System = options.App,
        Query = options.Logs.Query.Length > 0 ? options.Logs.Query : null,
    };

    private static SentryOptions SentryOf(ReleaseOptions options, ServiceVariables variables) => new()
    {
        Token = variables.Secret("SENTRY_AUTH_TOKEN", ", though errors/provider is 'sentry'."),
        Address = variables.Address("SENTRY_URL", "https://sentry.io"),
        Organization = options.Errors.Organization,
        Project = options.Errors.Project,
        Environment = options.Errors.Environment,
    };
}
