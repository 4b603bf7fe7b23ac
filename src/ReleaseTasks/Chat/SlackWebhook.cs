using System.Net;
using System.Net.Http.Json;
using ReleaseTasks.Options;

namespace ReleaseTasks.Chat;

/// <summary>Slack's incoming webhook: one channel, chosen when it was made. A person is mentioned there.</summary>
internal sealed class SlackWebhook(Post post, Uri address, ChatOptions settings) : INotifier
{
    public string Name => "Slack, by webhook";

    public Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct)
    {
        var plain = SlackText.Plain(text);
        var addressed = recipient is Recipient.Person person ? $"{Mention(person.Login)} {plain}" : plain;
        return post.SendAsync(
            address,
            JsonContent.Create(new { text = addressed }),
            (status, body) => status == HttpStatusCode.OK
                ? new Notification.Sent()
                : new Notification.NotSent($"Slack refused the message: {Word(body)} ({(int)status})."),
            ct);
    }

    /// <summary>Slack makes a mention of an id alone; a login is only written.</summary>
    private string Mention(string login) =>
        settings.FindPerson(login) is { } id && ChatOptions.IsSlackId(id) ? $"<@{id}>" : SlackText.Plain($"@{login.TrimStart('@')}");

    // Slack's own words are like channel_is_archived; anything longer is some relay's page.
    private static string Word(string body) => body.Length is > 0 and <= 40 ? body.Trim() : "no reason given";
}
