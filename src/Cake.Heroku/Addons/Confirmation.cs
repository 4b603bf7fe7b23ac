namespace Cake.Heroku;

/// <summary>What can't be undone is asked for twice: by naming the app again.</summary>
internal static class Confirmation
{
    public static void Require(AppName app, string confirm, string what)
    {
        if (confirm != app.Value)
        {
            throw new ArgumentException(
                $"Nothing was done: {what} of {app} has to be confirmed with '{app}', not '{confirm}'.",
                nameof(confirm));
        }
    }
}
