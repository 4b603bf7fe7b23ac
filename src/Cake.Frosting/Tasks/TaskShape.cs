using Cake.Core;

namespace Cake.Frosting;

/// <summary>
/// What a task has overridden. Cake must hear of nothing else: an error handler that does nothing would still swallow the error.
/// </summary>
internal sealed record TaskShape(Type Context, bool Runs, bool Decides, bool HandlesErrors, bool Finishes)
{
    /// <remarks>
    /// Each delegate knows the override it leads to; <paramref name="origin"/> is the class that declares all four as virtual.
    /// </remarks>
    public static TaskShape Of<T>(Type origin, Delegate run, Delegate shouldRun, Delegate onError, Delegate @finally)
        where T : ICakeContext
    {
        return new(typeof(T), IsOverridden(run), IsOverridden(shouldRun), IsOverridden(onError), IsOverridden(@finally));

        bool IsOverridden(Delegate method) => method.Method.DeclaringType != origin;
    }
}

/// <summary>The base classes of tasks, seen from inside.</summary>
internal interface IShapedTask
{
    TaskShape Shape { get; }
}
