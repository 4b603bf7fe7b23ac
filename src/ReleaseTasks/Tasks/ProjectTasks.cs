using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>The tasks of the program that uses the library, each made anew when a step asks for it.</summary>
internal sealed class ProjectTasks(IServiceProvider services, ICakeContext context) : IProjectTasks
{
    private readonly Dictionary<string, Type> _types = TaskNames.OfProject.ToDictionary(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Names => _types.Keys;

    public Task RunAsync(string name, CancellationToken ct) =>
        ((IFrostingTask)ActivatorUtilities.CreateInstance(services, _types[name])).RunAsync(context).WaitAsync(ct);
}
