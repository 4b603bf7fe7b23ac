using Cake.Core.IO;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;
using CoreToolInstaller = Cake.Core.Tooling.ToolInstaller;
using ICoreToolInstaller = Cake.Core.Tooling.IToolInstaller;

namespace Cake.Frosting;

/// <summary>
/// Every context holds Cake's installer, which reads NuGet's settings as soon as it is made. This one makes it for the first tool.
/// </summary>
internal sealed class ToolInstallerOnDemand(IServiceProvider services) : ICoreToolInstaller
{
    public IEnumerable<FilePath> Install(PackageReference tool) => services.GetRequiredService<CoreToolInstaller>().Install(tool);
}
