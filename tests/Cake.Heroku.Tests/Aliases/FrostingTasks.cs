using Cake.Core;
using Cake.Frosting;
using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Aliases;

/// <summary>The same aliases in a Frosting host.</summary>
[NonParallelizable]
public sealed class FrostingTasks
{
    [Test]
    public async Task Work_the_app()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("PATCH /apps/sushi", Reply.Ok(Sample.App(maintenance: true)));

        var exitCode = Run(stub, "CloseSushi");

        Assert.That(exitCode, Is.Zero);
        Assert.That(stub.Requests.Single().Body, Is.EqualTo("""{"maintenance":true}"""));
    }

    [Test]
    public async Task Fail_where_heroku_refuses()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("PATCH /apps/sushi", Reply.Error(403, "forbidden", "No"));

        Assert.That(Run(stub, "CloseSushi"), Is.Not.Zero);
    }

    private static int Run(HerokuStub stub, string target)
    {
        var before = stub.Environment.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
        foreach (var (name, value) in stub.Environment)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        try
        {
            return new CakeHost().AddAssembly(typeof(CloseSushiTask).Assembly).Run([$"--target={target}"]);
        }
        finally
        {
            foreach (var (name, value) in before)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }
    }
}

[TaskName("CloseSushi")]
public sealed class CloseSushiTask : FrostingTask<ICakeContext>
{
    public override void Run(ICakeContext context) => context.HerokuMaintenanceOn("sushi");
}
