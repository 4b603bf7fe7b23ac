using System.Net;
using System.Net.Http.Json;
using ReleaseTasks.Options;

namespace ReleaseTasks.Chat;

/// <summary>A webhook that takes JSON of some shape: one channel. A person is named there.</summary>
internal sealed class JsonWebhook(Post post, Uri address, JsonTemplate template) : INotifier
{
    public string Name => "chat, by webhook";

    public Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct)
    {
        var addressed = recipient is Recipient.Person person ? $"@{person.Login.TrimStart('@')} {text}" : text;
        return post.SendAsync(
            address,
            JsonContent.Create(template.Fill(addressed)),
            (status, _) => status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices
                ? new Notification.Sent()
                : new Notification.NotSent($"the webhook refused the message ({(int)status})."),
            ct);
    }
}
