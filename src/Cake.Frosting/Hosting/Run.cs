using Cake.Cli;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>One run, from the working directory to the report. Services are asked for in turn, as each needs what came before it.</summary>
internal sealed class Run(RunSettings settings, IServiceProvider services)
{
    public async Task TargetsAsync()
    {
        EnterWorkingDirectory();
        SetVerbosity();
        InstallTools();
        services.GetRequiredService<Registration>().Register();

        var host = Host();
        if (settings.Exclusive)
        {
            host.Settings.UseExclusiveTarget();
        }

        await host.RunTargetsAsync(settings.Targets);
    }

    private void EnterWorkingDirectory()
    {
        var environment = services.GetRequiredService<ICakeEnvironment>();
        var asked = settings.WorkingDirectory ?? services.GetService<WorkingDirectory>()?.Path;
        var directory = (asked ?? environment.WorkingDirectory).MakeAbsolute(environment);
        if (!services.GetRequiredService<IFileSystem>().Exist(directory))
        {
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");
        }

        environment.WorkingDirectory = directory;
    }

    private void SetVerbosity()
    {
        var configured = services.GetRequiredService<ICakeConfiguration>().GetValue("Settings_Verbosity");
        services.GetRequiredService<ICakeLog>().Verbosity = settings.Verbosity ?? Parse(configured);

        static Verbosity Parse(string? configured) => string.IsNullOrWhiteSpace(configured)
            ? Verbosity.Normal
            : (Verbosity)new VerbosityConverter().ConvertFromInvariantString(configured)!;
    }

    private void InstallTools()
    {
        var installer = services.GetRequiredService<IToolInstaller>();
        foreach (var tool in services.GetServices<PackageReference>())
        {
            installer.Install(tool);
        }
    }

    /// <remarks>Where several are asked for, the one that does least.</remarks>
    private ScriptHost Host() => settings switch
    {
        { Description: true } => services.GetRequiredService<DescriptionScriptHost>(),
        { Tree: true } => services.GetRequiredService<TreeScriptHost>(),
        { DryRun: true } => services.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
        _ => services.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
    };
}
