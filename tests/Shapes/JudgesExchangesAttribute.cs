using NUnit.Framework.Interfaces;

[assembly: ReleaseTasks.Shapes.JudgesExchanges]

namespace ReleaseTasks.Shapes;

/// <summary>After each test, whatever it's about: what sandboxes have answered meanwhile has the published shape, and so has what they were asked.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class JudgesExchangesAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test) => Assert.That(Exchanges.Violations(), Is.Empty, "Exchanges with a sandbox, of this test or one beside it, that differ from the published shapes");
}
