using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Runs the tasks of the program it is part of, and those of the assemblies added to it.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection services = [];

    public CakeHost()
    {
        services.AddFrosting();
        if (Assembly.GetEntryAssembly() is { } program)
        {
            AddAssembly(program);
        }
    }

    public static CakeHost Create() => new();

    /// <summary>Takes in the tasks of another assembly: its public, concrete classes.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        services.AddSingleton(assembly);
        return this;
    }

    /// <param name="services">Called at once. Of several registrations for one service, the last is used.</param>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services(this.services);
        return this;
    }

    /// <returns>The exit code: 0 done, 1 failed, or that of the <see cref="Core.CakeException"/> which kept the run from starting;
    /// negative (255 to a shell) when the arguments make no sense.</returns>
    public int Run(IEnumerable<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);

        var app = new CommandApp<RunCommand>();
        app.Configure(command => command.Settings.Registrar.RegisterInstance(new ServiceCollection().Add(services)));
        return app.Run(args);
    }
}
