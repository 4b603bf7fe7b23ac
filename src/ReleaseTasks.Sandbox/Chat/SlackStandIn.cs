using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Chat;

/// <summary>A chat shaped like Slack: one incoming webhook, the part of the Web API that sends messages, and a list of what was sent.</summary>
internal sealed class SlackStandIn(StateFile<ChatState> file, SlackSecrets secrets, TimeProvider time) : IStandIn
{
    private const int LongestText = 40_000;

    private readonly ChatRoom _room = new(file, time);

    public SlackStandIn(SandboxParts parts)
        : this(new StateFile<ChatState>(Path.Combine(parts.Directory, "chat.json")), SlackSecrets.Of(parts.Directory), parts.Clock)
    {
    }

    public IReadOnlyList<ChatMessage> Messages => _room.Messages;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/slack/services/{**secret}", TakeAsync);
        routes.MapMethods("/slack/api/{method}", ["GET", "POST"], CallAsync);
        // The sandbox's own, for people and tests: Slack has no such thing.
        routes.MapGet("/slack/messages", () => Results.Json(Messages));
    }

    public IEnumerable<KeyValuePair<string, string>> Environment(Uri address)
    {
        yield return new("SLACK_WEBHOOK_URL", new Uri(address, $"/slack/services/{secrets.Webhook}").ToString());
    }

    /// <summary>A bot reaches people privately and needs to know its channel: whoever wants one instead of the webhook sets these.</summary>
    public IReadOnlyDictionary<string, string> BotEnvironment(Uri address) => new Dictionary<string, string>
    {
        ["SLACK_API_URL"] = new Uri(address, "/slack/api/").ToString(),
        ["SLACK_BOT_TOKEN"] = secrets.BotToken,
    };

    /// <summary>Somebody whom the bot can find by e-mail address.</summary>
    public void AddUser(string name, string email) => _room.AddUser(name, email);

    /// <remarks>Its answers are plain text, and it doesn't say which message it was.</remarks>
    private async Task<IResult> TakeAsync(HttpContext http, string secret)
    {
        if (secret != secrets.Webhook)
        {
            return Results.Text("no_service", statusCode: StatusCodes.Status404NotFound);
        }

        if (await SlackFields.OfMessageAsync(http) is not { } message)
        {
            return Results.Text("invalid_payload", statusCode: StatusCodes.Status400BadRequest);
        }

        var text = message.GetValueOrDefault("text", "");
        if (text.Length == 0 && !message.ContainsKey("blocks"))
        {
            return Results.Text("no_text", statusCode: StatusCodes.Status400BadRequest);
        }

        if (_room.Post(_room.Find(ChatRoom.Channel)!.Value, text, message.GetValueOrDefault("blocks")) is null)
        {
            http.Response.Headers.RetryAfter = "1";
            return Results.Text("rate_limited", statusCode: StatusCodes.Status429TooManyRequests);
        }

        return Results.Text("ok");
    }

    /// <remarks>Every answer but one is 200; whether it worked stands in the body.</remarks>
    private async Task<IResult> CallAsync(HttpContext http, string method)
    {
        if (await SlackFields.OfCallAsync(http) is not { } fields)
        {
            return Failure("invalid_json");
        }

        var token = GitHub.Credentials.TokenOf(http.Request) ?? fields.GetValueOrDefault("token");
        return token is null ? Failure("not_authed")
            : token != secrets.BotToken ? Failure("invalid_auth")
            : method switch
            {
                "auth.test" => Results.Json(new { ok = true, url = "https://sandbox.slack.com/", team = "Sandbox", user = "releases", team_id = "T0SANDBOX", user_id = "U0RELEASES", bot_id = "B0RELEASES" }),
                "chat.postMessage" => Post(http, fields),
                "users.lookupByEmail" => LookUp(fields),
                "conversations.open" => Open(fields),
                _ => Failure("unknown_method"),
            };
    }

    private IResult Post(HttpContext http, Dictionary<string, string> fields)
    {
        var text = fields.GetValueOrDefault("text", "");
        if (text.Length == 0 && !fields.ContainsKey("blocks"))
        {
            return Failure("no_text");
        }

        if (text.Length > LongestText)
        {
            return Failure("msg_too_long");
        }

        if (_room.Find(fields.GetValueOrDefault("channel", "")) is not { } channel)
        {
            return Failure("channel_not_found");
        }

        if (_room.Post(channel, text, fields.GetValueOrDefault("blocks")) is not { } message)
        {
            http.Response.Headers.RetryAfter = "1";
            return Results.Json(new { ok = false, error = "ratelimited" }, statusCode: StatusCodes.Status429TooManyRequests);
        }

        return Results.Json(new
        {
            ok = true,
            channel = channel.Id,
            ts = message.Ts,
            message = new { type = "message", text, user = "U0RELEASES", bot_id = "B0RELEASES", ts = message.Ts },
        });
    }

    private IResult LookUp(Dictionary<string, string> fields) =>
        _room.Users.FirstOrDefault(user => user.Email.Equals(fields.GetValueOrDefault("email"), StringComparison.OrdinalIgnoreCase)) is { } user
            ? Results.Json(new { ok = true, user = new { id = user.Id, team_id = "T0SANDBOX", name = user.Name, real_name = user.Name, deleted = false, is_bot = false, profile = new { email = user.Email, real_name = user.Name } } })
            : Failure("users_not_found");

    private IResult Open(Dictionary<string, string> fields) =>
        _room.Users.FirstOrDefault(user => user.Id == fields.GetValueOrDefault("users")) is { } user
            ? Results.Json(new { ok = true, channel = new { id = ChatRoom.PrivateChannelOf(user) } })
            : Failure("user_not_found");

    private static IResult Failure(string error) => Results.Json(new { ok = false, error });
}
