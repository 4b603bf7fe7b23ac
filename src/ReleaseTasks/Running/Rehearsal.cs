using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Running;

/// <summary>A run where nothing is real and nobody is asked.</summary>
/// <param name="Stage">The project's own app and pull request; null for the sample's.</param>
internal sealed record Rehearsal(Stage? Stage);
