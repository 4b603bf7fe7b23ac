namespace Cake.Heroku;

public sealed record NewAddon
{
    /// <param name="plan">Service and plan, such as <c>heroku-postgresql:standard-0</c>.</param>
    public NewAddon(string plan) => Plan = plan;

    public string Plan { get; }

    /// <summary>Null for one of Heroku's making, such as <c>postgresql-flat-12345</c>.</summary>
    public string? Name { get; init; }

    /// <summary>Its first attachment. Default: named by Heroku, such as <c>HEROKU_POSTGRESQL_SILVER</c>.</summary>
    public NewAddonAttachment Attachment { get; init; } = new();

    /// <summary>The provider's options: text, or <c>true</c> for one without a value.</summary>
    public IReadOnlyDictionary<string, object> Config { get; init; } = new Dictionary<string, object>();

    /// <summary>Lets Heroku overwrite an attachment or config var of the same name.</summary>
    public AppName? Confirm { get; init; }
}

public sealed record NewAddonAttachment
{
    public string? Name { get; init; }
}
