using System.Reflection;
using System.Text.RegularExpressions;
using Cake.Frosting;

namespace ReleaseTasks.Tests.Tasks;

public sealed partial class The_shape_of_the_library
{
    private static IEnumerable<Type> Tasks =>
        typeof(ReleaseTasksExtensions).Assembly.ExportedTypes.Where(type => typeof(IFrostingTask).IsAssignableFrom(type) && !type.IsAbstract);

    [Test]
    public void Has_every_task_described([ValueSource(nameof(Tasks))] Type task)
    {
        Assert.That(task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description, Is.Not.Null.And.Not.Empty);
        Assert.That(task.Name, Is.EqualTo(task.GetCustomAttribute<TaskNameAttribute>()?.Name + "Task"));
    }

    [Test]
    public void Leaves_criteria_and_error_handling_to_the_runner([ValueSource(nameof(Tasks))] Type task)
    {
        // A target that ShouldRun skips fails a Cake run, and an overridden OnError swallows the failure.
        var own = task.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(method => method.Name);

        Assert.That(own, Is.EqualTo(["RunAsync"]));
    }

    [Test]
    public void Depends_as_approved()
    {
        var graph = Tasks
            .OrderBy(task => task.Name, StringComparer.Ordinal)
            .Select(task => (Name(task), Needs: task.GetCustomAttributes<IsDependentOnAttribute>().Select(needed => Name(needed.Task))))
            .Where(edge => edge.Needs.Any())
            .Select(edge => $"{edge.Item1} <- {string.Join(", ", edge.Needs)}");

        Assert.That(graph, Is.EqualTo(
        [
            "Backup <- Preflight",
            "CreateRollbackDb <- Backup",
            "Deploy <- MaintenanceOff",
            "MaintenanceOff <- Release",
            "MaintenanceOn <- MergePullRequest",
            "MergePullRequest <- NotifyUsers",
            "NotifyUsers <- CreateRollbackDb",
            "Release <- MaintenanceOn",
            "Verify <- Deploy",
        ]));
    }

    [Test]
    public void Names_Cake_in_its_tasks_alone()
    {
        var outside = Directory.EnumerateFiles(Path.Combine(Repository(), "src", "ReleaseTasks"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}Tasks{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => NamesCake().IsMatch(File.ReadAllText(file)));

        Assert.That(outside, Is.Empty);
    }

    private static string Name(Type task) => task.GetCustomAttribute<TaskNameAttribute>()!.Name;

    private static string Repository()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "ReleaseTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests don't run inside the repository.");
        }

        return folder;
    }

    [GeneratedRegex(@"\bCake\.(Core|Common|Frosting|Cli)\b")]
    private static partial Regex NamesCake();
}
