using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens after each task, well or not. The last one registered is used.</summary>
public interface IFrostingTaskTeardown
{
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
