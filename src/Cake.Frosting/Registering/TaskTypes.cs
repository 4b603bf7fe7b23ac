using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>What can be read off a task's class without creating one.</summary>
internal static class TaskTypes
{
    /// <summary>Registers the tasks of every assembly that the host knows.</summary>
    public static IServiceCollection AddTasks(this IServiceCollection services)
    {
        var assemblies = services.Select(service => service.ImplementationInstance).OfType<Assembly>().Distinct().ToList();
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsTask))
        {
            services.AddSingleton(typeof(IFrostingTask), type);
        }

        return services;
    }

    public static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    public static string? DescriptionOf(Type type) => type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description;

    public static bool ContinuesOnError(Type type) => type.IsDefined(typeof(ContinueOnErrorAttribute), inherit: false);

    /// <summary>The names of the tasks that must run before this one.</summary>
    public static IEnumerable<string> DependenciesOf(Type type) =>
        type.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => NameOfOther(type, attribute.Task));

    /// <summary>The names of the tasks that this one must run before.</summary>
    public static IEnumerable<string> DependeesOf(Type type) =>
        type.GetCustomAttributes<IsDependeeOfAttribute>().Select(attribute => NameOfOther(type, attribute.Task));

    private static bool IsTask(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && type.IsAssignableTo(typeof(IFrostingTask));

    private static string NameOfOther(Type type, Type other) => other.IsAssignableTo(typeof(IFrostingTask))
        ? NameOf(other)
        : throw new FrostingException($"Task '{NameOf(type)}' names '{other.FullName}' in a dependency, which is not a task.");
}
