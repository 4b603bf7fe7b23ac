using Cake.Core;

namespace Cake.Frosting;

internal static class ContextCast
{
    /// <summary>Cake hands every task and lifetime its own context type; they work with theirs.</summary>
    public static T As<T>(this ICakeContext context)
        where T : ICakeContext
    {
        ArgumentNullException.ThrowIfNull(context);
        return (T)context;
    }
}
