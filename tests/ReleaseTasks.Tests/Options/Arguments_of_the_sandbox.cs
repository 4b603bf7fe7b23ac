using ReleaseTasks.Options;

namespace ReleaseTasks.Tests.Options;

public sealed class Arguments_of_the_sandbox
{
    [Test]
    public void Say_how_it_serves()
    {
        var sandbox = Read(("speed", "60"), ("seed", "7"), ("port", "5000"), ("fault", "any change: cut-power after=3; build: fail"), ("pr", "3")).In(".sandbox");

        Assert.That((sandbox.Directory, sandbox.Speed, sandbox.Seed, sandbox.Port), Is.EqualTo((".sandbox", 60.0, 7, 5000)));
        Assert.That(sandbox.Faults.Select(fault => fault.ToString()), Is.EqualTo(["any change: cut-power after=3", "build: fail"]));
    }

    [Test]
    public void Are_none_where_only_others_are_given()
    {
        var read = Read(("pr", "3"));

        Assert.That(read.Given, Is.Empty);
        Assert.That((read.In("x").Speed, read.In("x").Port, read.In("x").Faults.Count), Is.EqualTo((1.0, 0, 0)));
    }

    [TestCase("speed", "0", "--speed=0: must be a number above 0")]
    [TestCase("speed", "-1", "--speed=-1")]
    [TestCase("speed", "fast", "--speed=fast")]
    [TestCase("speed", "NaN", "--speed=NaN")]
    [TestCase("speed", "Infinity", "--speed=Infinity")]
    [TestCase("seed", "1.5", "--seed=1.5: must be a whole number")]
    [TestCase("databases", "none", "--databases=none: must be 'real' or 'simulated'.")]
    [TestCase("port", "65536", "--port=65536: must be a port")]
    [TestCase("fault", "GET /: explode", "--fault: 'GET /: explode': do 'explode' on 'GET /'")]
    public void That_cannot_be_are_named(string name, string value, string problem) =>
        Assert.That(new ReleaseArguments(new Dictionary<string, string> { [name] = value }).Problems().Single(), Does.StartWith(problem));

    private static SandboxArguments Read(params (string Name, string Value)[] arguments) => new(arguments.ToDictionary(a => a.Name, a => a.Value));
}
