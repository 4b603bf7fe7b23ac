namespace ReleaseTasks.Monitoring;

/// <summary>Something in the log that deserves a look.</summary>
/// <param name="Code">Heroku's code, such as <c>H12</c>, or <c>traceback</c>.</param>
/// <param name="Sign">What it says about the release.</param>
/// <param name="Meaning">What it means and what it hints at.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Detail">The exception of a traceback, else the line's text.</param>
public sealed record LogFinding(string Code, Sign Sign, string Meaning, LogLine Line, string Detail);
