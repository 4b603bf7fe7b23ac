using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using ReleaseTasks.Sandbox.Monitoring;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Chat;

/// <summary>A chat shaped like Slack: one incoming webhook, the part of the Web API that sends messages, and a list of what was sent.</summary>
internal sealed class SlackStandIn(StateFile<ChatState> file, SlackSecrets secrets, TimeProvider time) : IStandIn
{
    private const string Channel = "C0RELEASES";
    private const string ChannelName = "releases";
    private const int LongestText = 40_000;

    private readonly ChatState state = file.Load();
    private readonly Lock gate = new();

    public SlackStandIn(SandboxParts parts)
        : this(new StateFile<ChatState>(Path.Combine(parts.Directory, "chat.json")), SlackSecrets.Of(parts.Directory), parts.Clock)
    {
    }

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

    public IReadOnlyList<ChatMessage> Messages
    {
        get
        {
            lock (gate)
            {
                return [.. state.Messages];
            }
        }
    }

    /// <summary>Somebody whom the bot can find by e-mail address.</summary>
    public void AddUser(string name, string email)
    {
        lock (gate)
        {
            state.Users.Add(new ChatUser($"U{state.Users.Count + 1:D8}", name, email));
            file.Save(state);
        }
    }

    /// <remarks>Its answers are plain text, and it doesn't say which message it was.</remarks>
    private async Task<IResult> TakeAsync(HttpContext http, string secret)
    {
        if (secret != secrets.Webhook)
        {
            return Results.Text("no_service", statusCode: StatusCodes.Status404NotFound);
        }

        // A form carries the same JSON in one field.
        var form = await ReadAsync(http, unwrapped: "payload");
        if (form is null)
        {
            return Results.Text("invalid_payload", statusCode: StatusCodes.Status400BadRequest);
        }

        var text = form.GetValueOrDefault("text", "");
        if (text.Length == 0 && !form.ContainsKey("blocks"))
        {
            return Results.Text("no_text", statusCode: StatusCodes.Status400BadRequest);
        }

        Keep(Channel, $"#{ChannelName}", text, form.GetValueOrDefault("blocks"));
        return Results.Text("ok");
    }

    /// <remarks>Every answer is 200; whether it worked stands in the body.</remarks>
    private async Task<IResult> CallAsync(HttpContext http, string method)
    {
        var form = await ReadAsync(http, unwrapped: null);
        if (form is null)
        {
            return Failure("invalid_json");
        }

        var token = GitHub.Credentials.TokenOf(http.Request) ?? form.GetValueOrDefault("token");
        return token is null ? Failure("not_authed")
            : token != secrets.BotToken ? Failure("invalid_auth")
            : method switch
            {
                "auth.test" => Results.Json(new { ok = true, url = "https://sandbox.slack.com/", team = "Sandbox", user = "releases", team_id = "T0SANDBOX", user_id = "U0RELEASES", bot_id = "B0RELEASES" }),
                "chat.postMessage" => Post(form),
                "users.lookupByEmail" => LookUp(form),
                "conversations.open" => Open(form),
                _ => Failure("unknown_method"),
            };
    }

    private IResult Post(Dictionary<string, string> form)
    {
        var text = form.GetValueOrDefault("text", "");
        if (text.Length == 0 && !form.ContainsKey("blocks"))
        {
            return Failure("no_text");
        }

        if (text.Length > LongestText)
        {
            return Failure("msg_too_long");
        }

        if (Recipient(form.GetValueOrDefault("channel", "")) is not { } recipient)
        {
            return Failure("channel_not_found");
        }

        var message = Keep(recipient.Id, recipient.Name, text, form.GetValueOrDefault("blocks"));
        return Results.Json(new
        {
            ok = true,
            channel = recipient.Id,
            ts = message.Ts,
            message = new { type = "message", text, user = "U0RELEASES", bot_id = "B0RELEASES", ts = message.Ts },
        });
    }

    private IResult LookUp(Dictionary<string, string> form) => Users.FirstOrDefault(user => user.Email.Equals(form.GetValueOrDefault("email"), StringComparison.OrdinalIgnoreCase)) is { } user
        ? Results.Json(new { ok = true, user = new { id = user.Id, team_id = "T0SANDBOX", name = user.Name, real_name = user.Name, deleted = false, is_bot = false, profile = new { email = user.Email, real_name = user.Name } } })
        : Failure("users_not_found");

    private IResult Open(Dictionary<string, string> form) => Users.FirstOrDefault(user => user.Id == form.GetValueOrDefault("users")) is { } user
        ? Results.Json(new { ok = true, channel = new { id = PrivateChannelOf(user) } })
        : Failure("user_not_found");

    /// <summary>The channel by id or name, a person by id, or a private conversation that was opened.</summary>
    private (string Id, string Name)? Recipient(string channel) => channel.TrimStart('#') switch
    {
        Channel or ChannelName => (Channel, $"#{ChannelName}"),
        var id when Users.FirstOrDefault(user => user.Id == id || PrivateChannelOf(user) == id) is { } user => (PrivateChannelOf(user), user.Email),
        _ => null,
    };

    private IReadOnlyList<ChatUser> Users
    {
        get
        {
            lock (gate)
            {
                return [.. state.Users];
            }
        }
    }

    private ChatMessage Keep(string channel, string to, string text, string? blocks)
    {
        lock (gate)
        {
            var seconds = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var message = new ChatMessage($"{seconds}.{state.Messages.Count:D6}", channel, to, text, blocks);
            state.Messages.Add(message);
            file.Save(state);
            return message;
        }
    }

    /// <summary>The fields of a request, whichever way they came: as JSON, as a form whose nested values are JSON, or in the address.</summary>
    /// <param name="unwrapped">The field of a form that holds the whole request as JSON.</param>
    private static async Task<Dictionary<string, string>?> ReadAsync(HttpContext http, string? unwrapped)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        var fields = http.Request.Query.ToDictionary(field => field.Key, field => field.Value.ToString());
        if (http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) == true)
        {
            var form = QueryHelpers.ParseQuery(body);
            if (unwrapped is not null)
            {
                return form.TryGetValue(unwrapped, out var wrapped) ? Fields(wrapped.ToString(), fields) : null;
            }

            foreach (var (name, value) in form)
            {
                fields[name] = value.ToString();
            }

            return fields;
        }

        return body.Length == 0 && unwrapped is null ? fields : Fields(body, fields);
    }

    private static Dictionary<string, string>? Fields(string json, Dictionary<string, string> fields)
    {
        try
        {
            foreach (var property in JsonElement.Parse(json).EnumerateObject())
            {
                fields[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            }

            return fields;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // not JSON, or JSON but no object
        }
    }

    private static string PrivateChannelOf(ChatUser user) => "D" + user.Id[1..];

    private static IResult Failure(string error) => Results.Json(new { ok = false, error });
}

/// <summary>What lets somebody post.</summary>
/// <param name="Webhook">The end of the webhook's address: <c>T…/B…/…</c>.</param>
/// <param name="BotToken">The Web API's.</param>
internal sealed record SlackSecrets(string Webhook, string BotToken)
{
    public static SlackSecrets Of(string directory) =>
        new($"T0SANDBOX/B0RELEASES/{KeptSecret.Of(directory, "slack-webhook")}", KeptSecret.Of(directory, "slack-bot"));

    /// <summary>Not even by accident.</summary>
    public override string ToString() => nameof(SlackSecrets);
}
