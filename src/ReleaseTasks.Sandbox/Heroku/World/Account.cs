namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>Someone who may call the API.</summary>
internal sealed class Account
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required string Email { get; set; }

    /// <summary>What <c>HEROKU_API_KEY</c> holds: made up, and worth nothing outside of the sandbox.</summary>
    public string ApiKey { get; set; } = Guid.NewGuid().ToString();

    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>The names of the account features that are on.</summary>
    public HashSet<string> Features { get; set; } = [];

    /// <summary>Whether a payment method is known: without one there are no paid add-ons.</summary>
    public bool Verified { get; set; } = true;
}
