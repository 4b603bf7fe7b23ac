using ReleaseTasks.Sandbox.Monitoring;

namespace ReleaseTasks.Sandbox.Chat;

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
