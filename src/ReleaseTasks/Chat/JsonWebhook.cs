using System.Net;
using System.Net.Http.Json;

namespace ReleaseTasks.Chat;

/// <summary>A webhook that takes plain JSON: <c>to</c> is a channel or a person, absent for the team's own channel.</summary>
internal sealed class JsonWebhook(Post post, Uri address) : INotifier
{
    public string Name => "chat, by webhook";

    public Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct)
    {
        var to = recipient switch
        {
            Recipient.Team team => team.Channel,
            Recipient.Person person => person.Id,
            _ => null,
        };
        var content = new Dictionary<string, string> { ["text"] = text };
        if (to is not null)
        {
            content["to"] = to;
        }

        return post.SendAsync(
            () => new(HttpMethod.Post, address) { Content = JsonContent.Create(content) },
            (status, _) => status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices
                ? new Notification.Sent()
                : new Notification.NotSent($"the webhook refused the message ({(int)status})."),
            ct);
    }
}
