using System.Text.Json.Serialization;

namespace Cake.Heroku;

public sealed record NewAttachment
{
    /// <param name="addon">The add-on's name or id.</param>
    public NewAttachment(string addon, AppName app) => (Addon, App) = (new(addon), new(app.Value));

    public Named Addon { get; }

    public Named App { get; }

    /// <summary>Null for one of Heroku's making.</summary>
    public string? Name { get; init; }

    /// <summary>Names a credential of the database; null for the default one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Namespace { get; init; }

    /// <summary>Lets Heroku move a name that is in use: without it the request is refused as <c>confirmation_required</c>.</summary>
    public AppName? Confirm { get; init; }
}
