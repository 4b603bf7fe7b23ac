namespace Cake.Frosting;

/// <summary>What the operator types for a task. Without it, the name is the name of the class.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
