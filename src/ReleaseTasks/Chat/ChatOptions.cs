namespace ReleaseTasks.Chat;

/// <summary>Where messages go. The first that is set is used: the bot, the Slack webhook, the JSON webhook.</summary>
internal sealed record ChatOptions
{
    /// <summary>From <c>SLACK_BOT_TOKEN</c>, with the scopes <c>chat:write</c> and <c>users:read.email</c>. A secret.</summary>
    public string? SlackBotToken { get; init; }

    /// <summary>From <c>SLACK_API_URL</c>. Default: <c>https://slack.com/api</c>.</summary>
    public Uri SlackApi { get; init; } = new("https://slack.com/api");

    /// <summary>The team's channel, which a bot needs to know; a webhook has its own.</summary>
    public string? Channel { get; init; }

    /// <summary>From <c>SLACK_WEBHOOK_URL</c>. A secret: whoever knows it can post.</summary>
    public Uri? SlackWebhook { get; init; }

    /// <summary>Takes <c>{"to", "text"}</c> as JSON: Teams, Mattermost, a relay of one's own. A secret.</summary>
    public Uri? JsonWebhook { get; init; }

    /// <summary>How long one message may take. Default: 20 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Null where nothing is set: the team isn't told anything.</summary>
    public INotifier? Notifier(HttpClient http, TimeProvider time) => this switch
    {
        { SlackBotToken: { Length: > 0 } token } => new SlackBot(new Post(http, Timeout, time), SlackApi, token, Channel),
        { SlackWebhook: { } webhook } => new SlackWebhook(new Post(http, Timeout, time), webhook),
        { JsonWebhook: { } webhook } => new JsonWebhook(new Post(http, Timeout, time), webhook),
        _ => null,
    };

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{nameof(ChatOptions)} {{ Channel = {Channel} }}";
}
