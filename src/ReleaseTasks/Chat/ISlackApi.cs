using Refit;

namespace ReleaseTasks.Chat;

/// <summary>
/// The part of Slack's Web API that telling people needs: one method, one request. Slack answers 200 to nearly everything, and says in
/// <c>ok</c> whether it did it.
/// </summary>
/// <exception cref="Http.ServiceException">Any method: Slack refused, or its answer is missing or can't be read.</exception>
internal interface ISlackApi
{
    /// <summary><c>POST /chat.postMessage</c></summary>
    [Post("/chat.postMessage")]
    Task<SlackPosted> PostMessageAsync([Body] SlackMessage message, CancellationToken ct);

    /// <summary><c>GET /users.lookupByEmail</c></summary>
    [Get("/users.lookupByEmail")]
    Task<SlackFound> LookUpByEmailAsync(string email, CancellationToken ct);
}

/// <param name="Channel">A channel's name or id, or a person's id, which reaches them privately.</param>
internal sealed record SlackMessage(string Channel, string Text);

internal sealed record SlackPosted(bool Ok)
{
    /// <summary>Slack's word, such as <c>channel_not_found</c>; null where it is done.</summary>
    public string? Error { get; init; }

    /// <summary>Slack's name for the message.</summary>
    public string? Ts { get; init; }
}

internal sealed record SlackFound(bool Ok)
{
    /// <inheritdoc cref="SlackPosted.Error"/>
    public string? Error { get; init; }

    public SlackUser? User { get; init; }
}

internal sealed record SlackUser(string Id);
