using Cake.Core.IO;
using Cake.Frosting;
using Cake.Git;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>A whole roll-out, its verification and its rollback, on a sandbox that is thrown away.</summary>
[TaskName("Rehearse")]
[TaskDescription("Carry out the plan and its rollback on a sandbox of its own: [--plan=FILE] [--branch=NAME]")]
public sealed class RehearseTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.RehearseAsync(() => Checkout(context));

    private static ProjectCheckout Checkout(ReleaseContext context)
    {
        DirectoryPath top = context.GitFindRootFromPath(context.Environment.WorkingDirectory);
        var branches = context.GitBranches(top);
        return new(top.FullPath, context.GitBranchCurrent(top).FriendlyName, branches.ToDictionary(branch => branch.FriendlyName, branch => branch.Tip.Sha));
    }
}
