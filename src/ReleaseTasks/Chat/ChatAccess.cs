using System.Net.Http.Headers;
using System.Text.Json;
using ReleaseTasks.Http;
using ReleaseTasks.Options;

namespace ReleaseTasks.Chat;

/// <summary>What leads to the chat. The first that is set is used: the bot, Slack's webhook, the other webhook.</summary>
internal sealed record ChatAccess
{
    /// <summary>How long one message may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>From <c>SLACK_BOT_TOKEN</c>, with the scopes <c>chat:write</c> and <c>users:read.email</c>. A secret.</summary>
    public string? SlackBotToken { get; init; }

    /// <summary>From <c>SLACK_API_URL</c>. Default: <c>https://slack.com/api</c>.</summary>
    public Uri SlackApi { get; init; } = new("https://slack.com/api");

    /// <summary>From <c>SLACK_WEBHOOK_URL</c>. A secret: whoever knows it can post.</summary>
    public Uri? SlackWebhook { get; init; }

    /// <summary>From <c>CHAT_WEBHOOK_URL</c>: Teams, Mattermost, Discord, a relay of one's own. A secret.</summary>
    public Uri? Webhook { get; init; }

    /// <summary>A connection on which questions are repeated and messages are not.</summary>
    /// <param name="time">Tells how long a pause is.</param>
    /// <param name="say">Takes a line for people when the chat lets us wait.</param>
    public static HttpClient Connect(TimeProvider time, Action<string> say) =>
        ServiceHttp.Connect(new ServiceRetry("The chat") { Attempt = Patience }, time, say);

    /// <param name="settings">Who is who there.</param>
    /// <param name="http">For this notifier alone.</param>
    public INotifier Notifier(ChatOptions settings, HttpClient http) => this switch
    {
        { SlackBotToken: { } token } => new SlackBot(BotApi(http, token), settings),
        { SlackWebhook: { } address } => new SlackWebhook(new Post(http), address, settings),
        { Webhook: { } address } => new JsonWebhook(new Post(http), address, JsonTemplate.Parse(settings.Webhook)!),
        _ => new NobodyToTell(),
    };

    /// <summary>Without the secrets.</summary>
    public override string ToString() => nameof(ChatAccess);

    private ISlackApi BotApi(HttpClient http, string token)
    {
        http.BaseAddress = SlackApi;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return ServiceApi.Of<ISlackApi>("Slack", http, JsonNamingPolicy.SnakeCaseLower);
    }
}
