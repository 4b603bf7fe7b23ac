using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens once, after the last task, well or not. The last one registered is used.</summary>
public interface IFrostingTeardown
{
    void Teardown(ICakeContext context, ITeardownContext info);
}
