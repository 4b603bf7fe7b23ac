using System.Net;
using System.Net.Http.Json;

namespace ReleaseTasks.Chat;

/// <summary>Slack's incoming webhook: one channel, chosen when it was made. A person is mentioned there.</summary>
internal sealed class SlackWebhook(Post post, Uri address) : INotifier
{
    public string Name => "Slack, by webhook";

    public Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct)
    {
        var plain = SlackText.Plain(text);
        var addressed = recipient is Recipient.Person person ? $"{SlackText.Mention(person.Id)} {plain}" : plain;
        return post.SendAsync(
            () => new(HttpMethod.Post, address) { Content = JsonContent.Create(new { text = addressed }) },
            (status, body) => status == HttpStatusCode.OK
                ? new Notification.Sent()
                : new Notification.NotSent($"Slack refused the message: {Word(body)} ({(int)status})."),
            ct);
    }

    // Slack's own words are like channel_is_archived; anything longer is some relay's page.
    private static string Word(string body) => body.Length is > 0 and <= 40 ? body.Trim() : "no reason given";
}
