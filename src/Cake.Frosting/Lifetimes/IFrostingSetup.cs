using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens once, before the first task. The last one registered is used.</summary>
public interface IFrostingSetup
{
    void Setup(ICakeContext context, ISetupContext info);
}
