using System.Text.Json.Serialization;

namespace Cake.Heroku;

/// <param name="State">See <see cref="AddonState"/>; Heroku may add to it.</param>
public sealed record Addon(HerokuId<Addon> Id, string Name, string State, Plan Plan, AppReference App)
{
    public Named? AddonService { get; init; }

    /// <summary>Names, not values. Empty until it is provisioned.</summary>
    public IReadOnlyList<string> ConfigVars { get; init; } = [];

    public Price? BilledPrice { get; init; }

    public string? ProvisionMessage { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    [JsonIgnore]
    public bool IsPostgres => Plan.Name.StartsWith("heroku-postgresql:", StringComparison.Ordinal);
}
