using System.Text.Json;
using ReleaseTasks.Sandbox.Heroku.Saving;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Tests.Heroku;

/// <summary>What the next sandbox would find if this one were killed now.</summary>
internal static class SavedWorld
{
    public static string Read(string directory)
    {
        var world = new StateFile<HerokuWorld>(Path.Combine(directory, "heroku.json")).Load();
        using var log = new ChangeLog<WorldChange>(Path.Combine(directory, "heroku.log"));
        foreach (var change in log.Read())
        {
            change.ApplyTo(world);
        }

        return TextOf(world);
    }

    public static string TextOf(HerokuWorld world) => JsonSerializer.Serialize(world, StateFormat.Indented);
}
