namespace ReleaseTasks.Monitoring;

/// <summary>A question that the app must answer.</summary>
/// <param name="Url">What to ask.</param>
/// <param name="Status">What it must answer, after redirects. Default: 200.</param>
/// <param name="Contains">Words that must be in its answer; null for any.</param>
public sealed record SmokeTest(Uri Url, int Status = 200, string? Contains = null);
