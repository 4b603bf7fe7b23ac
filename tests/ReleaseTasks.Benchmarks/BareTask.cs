using Cake.Frosting;

namespace ReleaseTasks.Benchmarks;

/// <summary>The one task of the bare Frosting program.</summary>
[TaskName("Default")]
public sealed class BareTask : FrostingTask;
