namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary>Heroku says no: a status and the error's id and message.</summary>
internal sealed class Refusal(int status, string id, string message) : Exception(message)
{
    public int Status => status;

    public string Id => id;

    /// <summary>The kind of thing that wasn't found.</summary>
    public string? Resource { get; private init; }

    /// <summary>The name of the app that has to be confirmed.</summary>
    public string? App { get; private init; }

    /// <param name="resource"><c>app</c>, <c>add_on</c>, <c>add_on attachment</c>, <c>release</c> …</param>
    public static Refusal NotFound(string resource) =>
        new(404, "not_found", $"Couldn't find that {resource.Replace('_', ' ')}.") { Resource = resource };

    public static Refusal BadRequest(string message) => new(400, "bad_request", message);

    public static Refusal InvalidParams(string message) => new(422, "invalid_params", message);

    public static Refusal Forbidden(string message) => new(403, "forbidden", message);

    public static Refusal Conflict(string message) => new(409, "conflict", message);

    public static Refusal NeedsConfirmation(string app, string message) => new(423, "confirmation_required", message) { App = app };
}
