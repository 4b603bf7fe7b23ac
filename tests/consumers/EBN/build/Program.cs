using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;
using ReleaseTasks;

return new CakeHost().UseReleaseTasks().RunReleaseTasks(args, "ticket");

/// <summary><c>--ticket=EBN-12</c> names the change for the operations desk.</summary>
[TaskName("Announce")]
[TaskDescription("Say which ticket is about to be released; --ticket=EBN-12")]
public sealed class AnnounceTask : FrostingTask
{
    public override void Run(ICakeContext context) => context.Information("Releasing {0}.", context.Argument<string>("ticket"));
}
