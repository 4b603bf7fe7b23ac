using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ReleaseTasks.Chat;

/// <summary>Slack's Web API with a bot's token: the team's channel, and people privately.</summary>
internal sealed class SlackBot(Post post, Uri api, string token, string? channel) : INotifier
{
    public string Name => "Slack, by bot";

    public async Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct)
    {
        var (to, refusal) = await FindAsync(recipient, ct);
        return to is null ? refusal! : await post.SendAsync(() => Message(to, SlackText.Plain(text)), ReadMessage, ct);
    }

    /// <summary>Where to post; an id of a person reaches them privately.</summary>
    private async Task<(string? To, Notification? Refusal)> FindAsync(Recipient recipient, CancellationToken ct)
    {
        switch (recipient)
        {
            case Recipient.Person person when person.Id.Contains('@', StringComparison.Ordinal) && !person.Id.StartsWith('@'):
                return await LookUpAsync(person.Id, ct);
            case Recipient.Person person when SlackText.IsId(person.Id):
                return (person.Id, null);
            case Recipient.Person person:
                return (null, new Notification.NotSent($"'{person.Id}' is neither a Slack user id nor an e-mail address."));
            case Recipient.Team team when (team.Channel ?? channel) is { } name:
                return (name, null);
            default:
                return (null, new Notification.NotSent("no channel is set for the team."));
        }
    }

    private async Task<(string? To, Notification? Refusal)> LookUpAsync(string email, CancellationToken ct)
    {
        var found = await post.SendAsync(
            () => Request(HttpMethod.Get, $"users.lookupByEmail?email={Uri.EscapeDataString(email)}"),
            (status, body) => Read(status, body, answer => answer.GetProperty("user").GetProperty("id").GetString()),
            ct);
        return found switch
        {
            Notification.Sent { Id: { } id } => (id, null),
            Notification.NotSent refusal => (null, refusal),
            _ => (null, new Notification.NotSent($"Slack didn't say who '{email}' is.")), // nothing has been posted yet
        };
    }

    private HttpRequestMessage Message(string to, string text)
    {
        var request = Request(HttpMethod.Post, "chat.postMessage");
        request.Content = JsonContent.Create(new { channel = to, text });
        return request;
    }

    private HttpRequestMessage Request(HttpMethod method, string call)
    {
        var request = new HttpRequestMessage(method, new Uri($"{api.AbsoluteUri.TrimEnd('/')}/{call}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static Notification ReadMessage(HttpStatusCode status, string body) =>
        Read(status, body, answer => answer.GetProperty("ts").GetString());

    /// <summary>Slack answers 200 to everything and says in <c>ok</c> whether it did it.</summary>
    private static Notification Read(HttpStatusCode status, string body, Func<JsonElement, string?> id)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.GetProperty("ok").GetBoolean()
                ? new Notification.Sent(id(answer.RootElement))
                : new Notification.NotSent($"Slack refused the message: {answer.RootElement.GetProperty("error").GetString()}.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new Notification.MayHaveBeenSent($"Slack's answer ({(int)status}) can't be read.");
        }
    }
}
