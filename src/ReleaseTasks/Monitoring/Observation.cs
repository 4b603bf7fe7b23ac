namespace ReleaseTasks.Monitoring;

/// <summary>One thing that was looked at after a release.</summary>
/// <param name="What">Such as <c>log</c>, <c>errors</c>, <c>smoke test https://…</c>.</param>
/// <param name="Sign">What it says about the release.</param>
/// <param name="Detail">What was seen.</param>
public sealed record Observation(string What, Sign Sign, string Detail);
