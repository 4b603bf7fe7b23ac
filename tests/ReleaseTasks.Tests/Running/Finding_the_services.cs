using ReleaseTasks.Options;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Running;

/// <summary>What leads to the services is looked at before the first of them is asked.</summary>
public sealed class Finding_the_services
{
    private static readonly ReleaseOptions Options = new()
    {
        App = "sushi",
        Repository = "zupo/sushi",
        LeadingDevelopers = ["zupo"],
        Logs = new() { Provider = LogProvider.Papertrail, Query = "-healthcheck" },
        Errors = new() { Provider = ErrorProvider.Sentry, Organization = "zupo", Project = "42", Environment = "live" },
    };

    private static readonly Dictionary<string, string> Sound = new()
    {
        ["HEROKU_API_KEY"] = "hidden-1",
        ["GITHUB_TOKEN"] = "hidden-2",
        ["PAPERTRAIL_API_TOKEN"] = "hidden-3",
        ["SENTRY_AUTH_TOKEN"] = "hidden-4",
    };

    [Test]
    public void Takes_addresses_from_the_environment_and_the_rest_from_the_settings()
    {
        var access = Read(("GITHUB_API_URL", "https://github.example.com/api/v3/"), ("SLACK_WEBHOOK_URL", "https://hooks.example.com/x"));

        Assert.That(access.GitHub.Address.AbsoluteUri, Is.EqualTo("https://github.example.com/api/v3"));
        Assert.That((access.Papertrail!.System, access.Papertrail.Query), Is.EqualTo(("sushi", "-healthcheck")));
        Assert.That((access.Sentry!.Project, access.Sentry.Environment), Is.EqualTo(("42", "live")));
        Assert.That(access.Sentry.Address.AbsoluteUri, Is.EqualTo("https://sentry.io/"));
        Assert.That(access.Chat.SlackWebhook!.Host, Is.EqualTo("hooks.example.com"));
    }

    [TestCase("http://127.0.0.1:5000/api/v3")]
    [TestCase("http://localhost:5000")]
    [TestCase("http://[::1]:5000")]
    public void Needs_no_encryption_on_this_machine(string address) =>
        Assert.That(Read(("GITHUB_API_URL", address)).GitHub.Address.AbsoluteUri, Does.StartWith(address));

    [TestCase("GITHUB_API_URL", "", "GITHUB_API_URL: '' is not an address. Write it like https://api.github.com.")]
    [TestCase(
        "GITHUB_API_URL",
        "api.github.com",
        "GITHUB_API_URL: 'api.github.com' is not an address. Write it like https://api.github.com.")]
    [TestCase(
        "GITHUB_API_URL",
        "http://api.github.com",
        "GITHUB_API_URL: 'http://api.github.com' would be sent unencrypted to another machine. Write it like https://api.github.com.")]
    [TestCase(
        "PAPERTRAIL_URL",
        "ftp://papertrailapp.com",
        "PAPERTRAIL_URL: 'ftp://papertrailapp.com' is not an address. Write it like https://papertrailapp.com.")]
    [TestCase(
        "SENTRY_URL",
        "http://sentry.example.com",
        "SENTRY_URL: 'http://sentry.example.com' would be sent unencrypted to another machine. Write it like https://sentry.io.")]
    [TestCase("SLACK_API_URL", "/api", "SLACK_API_URL: '/api' is not an address. Write it like https://slack.com/api.")]
    [TestCase(
        "SLACK_WEBHOOK_URL",
        "http://hooks.slack.com/hidden",
        "SLACK_WEBHOOK_URL: would be sent unencrypted to another machine. Write it with https://.")]
    [TestCase("CHAT_WEBHOOK_URL", "hidden", "CHAT_WEBHOOK_URL: is not an address. Write it with https://.")]
    [TestCase(
        "HEROKU_HOST",
        "http://api.heroku.com",
        "HEROKU_HOST: 'http://api.heroku.com' would send the token unencrypted to another machine. Write https://.")]
    [TestCase("GITHUB_TOKEN", " ", "GITHUB_TOKEN: not set. Set it to a token of the pull request's author.")]
    [TestCase("PAPERTRAIL_API_TOKEN", "", "PAPERTRAIL_API_TOKEN: not set, though logs/provider is 'papertrail'.")]
    [TestCase("SENTRY_AUTH_TOKEN", "", "SENTRY_AUTH_TOKEN: not set, though errors/provider is 'sentry'.")]
    [TestCase("SLACK_BOT_TOKEN", "hidden", "chat/slackChannel: not set, though SLACK_BOT_TOKEN is: a bot has to be told its channel.")]
    public void Refuses_what_leads_nowhere_or_where_a_secret_must_not_go(string name, string value, string problem)
    {
        var refused = Assert.Throws<RefusedException>(() => Read((name, value)));

        Assert.That(refused!.ExitCode, Is.EqualTo(ExitCode.Refused));
        Assert.That(refused.Message, Is.EqualTo($"{problem} Nothing was changed."));
    }

    [Test]
    public void Names_everything_that_is_missing_at_once()
    {
        var refused = Assert.Throws<RefusedException>(
            () => ServiceAccess.Read(Options, new Dictionary<string, string> { ["NETRC"] = "/nowhere" }));

        string[] names = ["HEROKU_API_KEY", "GITHUB_TOKEN", "PAPERTRAIL_API_TOKEN", "SENTRY_AUTH_TOKEN"];
        Assert.That(names.Where(name => !refused!.Message.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }

    private static ServiceAccess Read(params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>(Sound);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return ServiceAccess.Read(Options, environment);
    }
}
