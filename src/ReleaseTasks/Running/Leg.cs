using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>One step of a roll-out at its station.</summary>
/// <param name="Planned">The plan's line that asks for it; null where it is implied.</param>
internal sealed record Leg(Station Station, IStep Step, PlannedStep? Planned);
