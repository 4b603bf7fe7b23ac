using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Elsewhere;

/// <summary>A task that programs depend on from another assembly.</summary>
[TaskDescription("Fetch what the others need")]
public sealed class Fetch : FrostingTask
{
    public override void Run(ICakeContext context) => context.Log.Information("Fetched.");
}

/// <summary>Runs before <see cref="Fetch"/>, which doesn't know of it.</summary>
[TaskName("Sweep-Up")]
[IsDependeeOf(typeof(Fetch))]
public sealed class SweepUp : AsyncFrostingTask
{
    public override async Task RunAsync(ICakeContext context)
    {
        await Task.Yield();
        context.Log.Information("Swept up.");
    }
}
