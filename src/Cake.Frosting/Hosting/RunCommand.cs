using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>The command line's only command.</summary>
internal sealed class RunCommand(IServiceCollection services) : AsyncCommand<RunSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, RunSettings settings, CancellationToken ct)
    {
        services.AddSingleton(settings);
        services.AddSingleton(context.Remaining);
        services.AddSingleton<ICakeArguments>(context.Remaining.ToCakeArguments(settings.NoReport, settings.Targets));
        services.AddTasks();

        await using var provider = services.BuildServiceProvider();
        try
        {
            await AnswerAsync(provider, settings);
            return 0;
        }
        catch (Exception exception)
        {
            return provider.GetRequiredService<ICakeLog>().LogException(exception);
        }
    }

    private static async Task AnswerAsync(IServiceProvider provider, RunSettings settings)
    {
        if (settings.Version)
        {
            provider.GetRequiredService<ICakeVersionFeature>().Run(provider.GetRequiredService<IConsole>());
        }
        else if (settings.Info)
        {
            provider.GetRequiredService<ICakeInfoFeature>().Run(provider.GetRequiredService<IConsole>());
        }
        else
        {
            await provider.GetRequiredService<Run>().TargetsAsync();
        }
    }
}
