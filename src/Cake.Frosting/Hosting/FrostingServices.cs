using Cake.Cli;
using Cake.Core.Configuration;
using Microsoft.Extensions.DependencyInjection;
using CoreToolInstaller = Cake.Core.Tooling.ToolInstaller;
using ICoreToolInstaller = Cake.Core.Tooling.IToolInstaller;

namespace Cake.Frosting;

internal static class FrostingServices
{
    /// <summary>All that a run needs, each of which the program may replace; the run itself adds the arguments.</summary>
    public static IServiceCollection AddFrosting(this IServiceCollection services) => services
        .UseCakeDefaultModules()
        .AddCakeDiagnostics()
        .AddSingleton<ICakeConfiguration>(Configuration.Read)
        .AddSingleton<IFrostingContext, FrostingContext>()
        .AddSingleton<IToolInstaller, ToolInstaller>()
        .AddSingleton<CoreToolInstaller>()
        .AddSingleton<ICoreToolInstaller, ToolInstallerOnDemand>()
        .AddSingleton<IVersionResolver, VersionResolver>()
        .AddSingleton<ICakeVersionFeature, VersionFeature>()
        .AddSingleton<ICakeInfoFeature, InfoFeature>()
        .AddSingleton<BuildScriptHost<IFrostingContext>>()
        .AddSingleton<DryRunScriptHost<IFrostingContext>>()
        .AddSingleton<TreeScriptHost>()
        .AddSingleton<DescriptionScriptHost>()
        .AddSingleton<Registration>()
        .AddSingleton<Run>();
}
