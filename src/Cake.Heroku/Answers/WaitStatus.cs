using System.Text.Json.Serialization;

namespace Cake.Heroku;

/// <summary>Whether a database is ready.</summary>
/// <param name="Message">Such as <c>available</c> or <c>preparing</c>: for people.</param>
public sealed record WaitStatus([property: JsonPropertyName("waiting?")] bool IsWaiting, string Message)
{
    /// <summary>It will never be ready.</summary>
    [JsonPropertyName("error?")]
    public bool IsError { get; init; }

    public string? Step { get; init; }
}
