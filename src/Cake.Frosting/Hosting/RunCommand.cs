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
        try
        {
            await using var provider = Provide(context, settings);
            return await AnswerOrLogAsync(provider, settings);
        }
        catch (Exception exception)
        {
            // The program's services can't be had, its log included: an assembly of tasks doesn't load, for one.
            await using var defaults = new ServiceCollection().AddFrosting().BuildServiceProvider();
            return defaults.GetRequiredService<ICakeLog>().LogException(exception);
        }
    }

    private ServiceProvider Provide(CommandContext context, RunSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton(context.Remaining)
        .AddSingleton<ICakeArguments>(context.Remaining.ToCakeArguments(settings.NoReport, settings.Targets))
        .AddTasks()
        .BuildServiceProvider();

    private static async Task<int> AnswerOrLogAsync(IServiceProvider provider, RunSettings settings)
    {
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
