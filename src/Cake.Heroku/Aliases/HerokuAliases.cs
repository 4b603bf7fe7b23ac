using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku;

/// <summary>
/// Heroku's commands, for scripts and Frosting tasks. Where Heroku is and who asks comes from the environment: see
/// <see cref="HerokuSettings.FromEnvironment"/>.
/// </summary>
[CakeAliasCategory("Heroku")]
[CakeNamespaceImport("Cake.Heroku")]
public static partial class HerokuAliases
{
    /// <summary>How long an alias waits for what it began, where it isn't told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    // Cake's aliases are synchronous; a script has no synchronisation context that this could block.
    private static T Ask<T>(ICakeContext context, Func<HerokuClients, Task<T>> ask)
    {
        using var heroku = HerokuClients.FromEnvironment(context.Environment.GetEnvironmentVariables().AsReadOnly());
        return ask(heroku).GetAwaiter().GetResult();
    }

    private static void Do(ICakeContext context, Func<HerokuClients, Task> act)
    {
        using var heroku = HerokuClients.FromEnvironment(context.Environment.GetEnvironmentVariables().AsReadOnly());
        act(heroku).GetAwaiter().GetResult();
    }
}
