using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Fixture;

public sealed class ProgramContext(ICakeContext context) : FrostingContext(context)
{
    public string Greeting { get; } = context.Configuration.GetValue("Settings_Greeting");
}

public sealed class ProgramLifetime : FrostingLifetime<ProgramContext>
{
    public override void Setup(ProgramContext context, ISetupContext info) => context.Log.Information("Set up.");

    public override void Teardown(ProgramContext context, ITeardownContext info) => context.Log.Information("Torn down.");
}

public sealed class ProgramTaskLifetime : FrostingTaskLifetime
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => context.Log.Verbose("Before {0}.", info.Task.Name);

    public override void Teardown(ICakeContext context, ITaskTeardownContext info) => context.Log.Verbose("After {0}.", info.Task.Name);
}
