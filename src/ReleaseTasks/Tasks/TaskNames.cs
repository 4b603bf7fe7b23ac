using System.Reflection;
using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>The targets that can be typed: the tasks of this library and of every loaded assembly that is built on Frosting.</summary>
internal static class TaskNames
{
    private static readonly Lazy<Dictionary<string, bool>> Found = new(() => Find());

    /// <summary>Each name, ignoring case, and whether it is one of the library's.</summary>
    public static IReadOnlyDictionary<string, bool> Known => Found.Value;

    private static Dictionary<string, bool> Find()
    {
        var names = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in AppDomain.CurrentDomain.GetAssemblies().Where(HasTasks).SelectMany(assembly => assembly.ExportedTypes).Where(IsTask))
        {
            names.TryAdd(type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name, type.Assembly == typeof(TaskNames).Assembly);
        }

        return names;
    }

    private static bool HasTasks(Assembly assembly) =>
        !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(reference => reference.Name == typeof(IFrostingTask).Assembly.GetName().Name);

    private static bool IsTask(Type type) => type is { IsClass: true, IsAbstract: false } && typeof(IFrostingTask).IsAssignableFrom(type);
}
