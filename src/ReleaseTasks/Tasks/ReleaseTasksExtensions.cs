using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ReleaseTasks.Plans;
using ReleaseTasks.Running;
using ReleaseTasks.Tasks;

namespace ReleaseTasks;

/// <summary>The two lines that make a repository's Frosting program a release tool.</summary>
public static class ReleaseTasksExtensions
{
    /// <summary>Adds the release targets, <c>Deploy</c> and the others, with the context that they share.</summary>
    /// <param name="host">The program.</param>
    /// <param name="recognisers">What the project understands in a plan beside the procedure's own words, asked in this order. Those that need services are registered as <see cref="IStepRecogniser"/>.</param>
    public static CakeHost UseReleaseTasks(this CakeHost host, params IReadOnlyList<IStepRecogniser> recognisers) => host
        .AddAssembly(typeof(ReleaseTasksExtensions).Assembly)
        .UseContext<ReleaseContext>()
        .ConfigureServices(services =>
        {
            foreach (var recogniser in recognisers)
            {
                services.AddSingleton(recogniser);
            }
        });

    /// <summary>Runs the program: refuses what it doesn't understand before anything happens, and ends with the truth.</summary>
    /// <param name="host">A host with <see cref="UseReleaseTasks"/>.</param>
    /// <param name="args">The command line.</param>
    /// <param name="knownArguments">The names of this program's own arguments, without dashes; others are refused as misspelt.</param>
    /// <returns>What <see cref="ExitCode"/> says.</returns>
    public static int RunReleaseTasks(this CakeHost host, IEnumerable<string> args, params string[] knownArguments)
    {
        string[] line = [.. args];
        using var culture = new InvariantCulture();
        if (Console.IsOutputRedirected || Console.IsErrorRedirected)
        {
            // Cake writes colours into pipes and files too; https://no-color.org is the way to ask it not to.
            Environment.SetEnvironmentVariable("NO_COLOR", "1");
        }

        using var session = new ReleaseSession(line, TaskNames.Known, knownArguments);
        if (session.Problems.Count > 0)
        {
            return session.Refuse();
        }

        host.ConfigureServices(services => services.AddSingleton(session));
        if (session.OnlyReleaseTargets)
        {
            // The journal's own table says more than Cake's, and a banner for each task would hide what the steps say.
            host.ConfigureServices(services => services.AddSingleton<ICakeReportPrinter, NoReport>());
        }

        return session.EndAsync(host.Run(line)).GetAwaiter().GetResult();
    }
}
