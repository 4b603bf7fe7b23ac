using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Elsewhere;

namespace Fixture;

[TaskDescription("All of it")]
[IsDependentOn(typeof(Greet))]
public sealed class Default : FrostingTask;

[TaskDescription("Say hello")]
[IsDependentOn(typeof(Fetch))]
public sealed class Greet : AsyncFrostingTask<ProgramContext>
{
    public override async Task RunAsync(ProgramContext context)
    {
        await Task.Yield();
        context.Log.Information(context.Greeting);
    }
}

public sealed class Fail : FrostingTask<ProgramContext>
{
    public override void Run(ProgramContext context) => throw new CakeException(42, "boom");
}

[ContinueOnError]
public sealed class Forgiven : FrostingTask<ProgramContext>
{
    public override void Run(ProgramContext context) => throw new CakeException("forgive me");
}

public sealed class Skip : FrostingTask<ProgramContext>, IFrostingTask
{
    string IFrostingTask.SkippedMessage => "Not today.";

    public override bool ShouldRun(ProgramContext context) => false;
}

[IsDependentOn(typeof(Skip))]
public sealed class AfterSkip : FrostingTask<ProgramContext>
{
    public override void OnError(Exception exception, ProgramContext context) => throw exception;

    public override void Finally(ProgramContext context) => context.Log.Information("Finally.");
}
