using Cake.Core.Packaging;
using ICoreToolInstaller = Cake.Core.Tooling.IToolInstaller;

namespace Cake.Frosting;

/// <summary>Leaves it to Cake's own installer, which also makes the tool known to the run.</summary>
internal sealed class ToolInstaller(ICoreToolInstaller installer) : IToolInstaller
{
    public void Install(PackageReference tool)
    {
        // The answer may be a lazy one: read to its end, so that the tool is there.
        _ = installer.Install(tool).ToList();
    }
}
