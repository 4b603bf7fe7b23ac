using System.Text.RegularExpressions;

namespace ReleaseTasks.Options;

/// <summary>
/// Where the team is told, and whom a GitHub login is there. What leads there is a secret and comes from the environment.
/// </summary>
public sealed partial record ChatOptions
{
    /// <summary>
    /// The team's channel, by name or id, for a bot: <c>SLACK_BOT_TOKEN</c>. <c>SLACK_WEBHOOK_URL</c> and <c>CHAT_WEBHOOK_URL</c> have a
    /// channel of their own. Default: none.
    /// </summary>
    public string SlackChannel { get; init; } = "";

    /// <summary>
    /// GitHub login to Slack user id (<c>U012AB3CD</c>) or e-mail address: whom a private message reaches. Default: nobody.
    /// </summary>
    public IReadOnlyDictionary<string, string> People { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The JSON that <c>CHAT_WEBHOOK_URL</c> takes, with <c>{text}</c> for the message. Default: <c>{"text": "{text}"}</c>, which
    /// Mattermost and Rocket.Chat understand; Discord wants <c>{"content": "{text}"}</c>.
    /// </summary>
    public string Webhook { get; init; } = """{"text": "{text}"}""";

    /// <summary>Whom a login is in the chat; null where nobody said. Logins ignore case.</summary>
    internal string? FindPerson(string login) =>
        People.FirstOrDefault(person => person.Key.Equals(login.TrimStart('@'), StringComparison.OrdinalIgnoreCase)).Value;

    internal static bool IsSlackId(string person) => SlackId().IsMatch(person);

    internal static bool IsEmail(string person) => Email().IsMatch(person);

    internal IEnumerable<string> Problems()
    {
        foreach (var (login, person) in People)
        {
            if (!Names.IsLogin(login))
            {
                yield return $"chat/people: '{login}' is not a GitHub login.";
            }

            if (!IsSlackId(person) && !IsEmail(person))
            {
                yield return $"chat/people/{login}: '{person}' is neither a Slack user id, such as U012AB3CD, nor an e-mail address.";
            }
        }

        if (JsonTemplate.Parse(Webhook) is null)
        {
            var usual = new ChatOptions().Webhook;
            yield return $"chat/webhook: must be a JSON object in which a text holds {JsonTemplate.Place}, such as {usual}.";
        }
    }

    [GeneratedRegex(@"^[UW][A-Z0-9]{7,}\z")]
    private static partial Regex SlackId();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\z")]
    private static partial Regex Email();
}
