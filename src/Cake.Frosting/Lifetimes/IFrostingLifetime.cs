namespace Cake.Frosting;

/// <summary>
/// What happens before and after the run, in one class: <see cref="IFrostingSetup"/> and <see cref="IFrostingTeardown"/>.
/// </summary>
public interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown;
