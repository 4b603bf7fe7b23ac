namespace Cake.Frosting;

/// <summary>The run goes on, and succeeds, when this task fails. The report still shows it as failed.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContinueOnErrorAttribute : Attribute;
