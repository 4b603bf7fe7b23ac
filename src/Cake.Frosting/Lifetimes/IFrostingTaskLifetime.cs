namespace Cake.Frosting;

/// <summary>
/// What happens before and after each task, in one class: <see cref="IFrostingTaskSetup"/> and <see cref="IFrostingTaskTeardown"/>.
/// </summary>
public interface IFrostingTaskLifetime : IFrostingTaskSetup, IFrostingTaskTeardown;
