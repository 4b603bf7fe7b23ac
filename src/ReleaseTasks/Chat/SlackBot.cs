using ReleaseTasks.Http;
using ReleaseTasks.Options;

namespace ReleaseTasks.Chat;

/// <summary>Slack's Web API with a bot's token: the team's channel, and people privately.</summary>
internal sealed class SlackBot(ISlackApi slack, ChatOptions settings) : INotifier
{
    public string Name => "Slack, by bot";

    public async Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct)
    {
        var (to, why) = recipient is Recipient.Person person ? await FindAsync(person.Login, ct) : (settings.SlackChannel, "");
        return to is null ? new Notification.NotSent(why) : await PostAsync(to, SlackText.Plain(text), ct);
    }

    /// <summary>The id by which Slack knows somebody; null, and why there is none.</summary>
    private async Task<(string? Id, string Why)> FindAsync(string login, CancellationToken ct) => settings.FindPerson(login) switch
    {
        null => (null, $"chat/people has no Slack user id and no e-mail address of '{login}'."),
        var id when ChatOptions.IsSlackId(id) => (id, ""),
        var email => await LookUpAsync(email, ct),
    };

    private async Task<(string? Id, string Why)> LookUpAsync(string email, CancellationToken ct)
    {
        try
        {
            var found = await slack.LookUpByEmailAsync(email, ct);
            return (found.Ok ? found.User?.Id : null, $"Slack didn't find '{email}': {found.Error ?? "it names nobody"}.");
        }
        catch (ServiceException e)
        {
            return (null, $"Slack didn't say who '{email}' is: {e.Message}"); // nothing has been posted yet
        }
    }

    private async Task<Notification> PostAsync(string to, string text, CancellationToken ct)
    {
        try
        {
            var posted = await slack.PostMessageAsync(new(to, text), ct);
            return posted.Ok
                ? new Notification.Sent(posted.Ts)
                : new Notification.NotSent($"Slack refused the message: {posted.Error ?? "no reason given"}.");
        }
        catch (ServiceException e)
        {
            return e.DidNothing ? new Notification.NotSent(e.Message) : new Notification.MayHaveBeenSent(e.Message);
        }
    }
}
