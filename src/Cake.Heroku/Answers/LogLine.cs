namespace Cake.Heroku;

/// <summary>One line of an app's log.</summary>
/// <param name="Time">Null for a line that isn't in logplex's format; <paramref name="Text"/> is the whole line then.</param>
/// <param name="Source"><c>app</c> for the app's own output, <c>heroku</c> for the platform's.</param>
/// <param name="Process">Such as <c>web.1</c>, <c>router</c>, <c>api</c>.</param>
public sealed record LogLine(DateTimeOffset? Time, string Source, string Process, string Text);
