using Cake.Core.Packaging;
using ICoreToolInstaller = Cake.Core.Tooling.IToolInstaller;

namespace Cake.Frosting;

/// <summary>Leaves it to Cake's own installer, which also makes the tool known to the run.</summary>
internal sealed class ToolInstaller(ICoreToolInstaller installer) : IToolInstaller
{
    public void Install(PackageReference tool)
    {
        foreach (var _ in installer.Install(tool))
        {
            // Nothing is installed before the answer is read, should it be a lazy one.
        }
    }
}
