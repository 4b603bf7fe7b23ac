using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before each task. The last one registered is used.</summary>
public interface IFrostingTaskSetup
{
    void Setup(ICakeContext context, ITaskSetupContext info);
}
