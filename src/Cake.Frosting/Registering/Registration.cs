using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting;

/// <summary>Tells Cake's engine what the host has found: tasks, and what happens around them.</summary>
internal sealed class Registration(
    ICakeEngine engine,
    IFrostingContext context,
    ICakeLog log,
    IEnumerable<IFrostingTask> tasks,
    IFrostingSetup? setup = null,
    IFrostingTeardown? teardown = null,
    IFrostingTaskSetup? taskSetup = null,
    IFrostingTaskTeardown? taskTeardown = null)
{
    public void Register()
    {
        foreach (var task in tasks)
        {
            Register(task);
        }

        RegisterLifetimes();
    }

    private void Register(IFrostingTask task)
    {
        var name = TaskTypes.NameOf(task.GetType());
        if (task is not IShapedTask { Shape: var shape })
        {
            throw new InvalidOperationException($"Task '{name}' must derive from FrostingTask<T> or AsyncFrostingTask<T>.");
        }

        if (!shape.Context.IsInstanceOfType(context))
        {
            log.Warning(
                "Task '{0}' is left out: it needs the context {1}, but this host's is {2}.",
                name,
                shape.Context,
                context.GetType());
            return;
        }

        var builder = engine.RegisterTask(name);
        Describe(builder, task.GetType());
        Attach(builder, task, shape);
    }

    private static void Describe(CakeTaskBuilder builder, Type type)
    {
        builder.Description(TaskTypes.DescriptionOf(type));
        builder.IsDependentOn(TaskTypes.DependenciesOf(type));
        builder.IsDependeeOf(TaskTypes.DependeesOf(type));
        if (TaskTypes.ContinuesOnError(type))
        {
            builder.ContinueOnError();
        }
    }

    private void Attach(CakeTaskBuilder builder, IFrostingTask task, TaskShape shape)
    {
        if (shape.Runs)
        {
            builder.Does(() => task.RunAsync(context));
        }

        if (shape.Decides)
        {
            builder.WithCriteria(() => task.ShouldRun(context), task.SkippedMessage);
        }

        if (shape.HandlesErrors)
        {
            builder.OnError(exception => task.OnError(exception, context));
        }

        if (shape.Finishes)
        {
            builder.Finally(() => task.Finally(context));
        }
    }

    /// <remarks>Only what is there: the report has a row for each.</remarks>
    private void RegisterLifetimes()
    {
        if (setup is not null)
        {
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        }

        if (teardown is not null)
        {
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        }

        if (taskSetup is not null)
        {
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        }

        if (taskTeardown is not null)
        {
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
        }
    }
}
