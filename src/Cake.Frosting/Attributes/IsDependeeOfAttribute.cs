namespace Cake.Frosting;

/// <summary>Runs this task before another one, which needn't know of it. On a base class it holds for every task derived from it.</summary>
/// <param name="type">The other task's class; it may come from another assembly that was added to the host.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependeeOfAttribute(Type type) : Attribute
{
    public Type Task { get; } = type;
}
