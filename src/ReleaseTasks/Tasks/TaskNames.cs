using System.Reflection;
using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>The targets that can be typed: the tasks of this library and of every loaded assembly that is built on Frosting.</summary>
internal static class TaskNames
{
    private static readonly Lazy<Dictionary<string, Type>> Found = new(() => Find());

    /// <summary>Each name, ignoring case, and whether it is one of the library's.</summary>
    public static IReadOnlyDictionary<string, bool> Known => Found.Value.ToDictionary(task => task.Key, task => IsOurs(task.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>The tasks that aren't the library's.</summary>
    public static IEnumerable<KeyValuePair<string, Type>> OfProject => Found.Value.Where(task => !IsOurs(task.Value));

    private static bool IsOurs(Type task) => task.Assembly == typeof(TaskNames).Assembly;

    private static Dictionary<string, Type> Find()
    {
        var names = new Dictionary<string, Type>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in AppDomain.CurrentDomain.GetAssemblies().Where(HasTasks).SelectMany(assembly => assembly.ExportedTypes).Where(IsTask))
        {
            names.TryAdd(type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name, type);
        }

        return names;
    }

    private static bool HasTasks(Assembly assembly) =>
        !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(reference => reference.Name == typeof(IFrostingTask).Assembly.GetName().Name);

    private static bool IsTask(Type type) => type is { IsClass: true, IsAbstract: false } && typeof(IFrostingTask).IsAssignableFrom(type);
}
