using System.Reflection;

namespace Cake.Frosting.Tests.Running;

/// <summary>An assembly that exports just the classes a test wants to talk about.</summary>
internal sealed class Sketch(params Type[] types) : Assembly
{
    public override Type[] GetExportedTypes() => types;
}
