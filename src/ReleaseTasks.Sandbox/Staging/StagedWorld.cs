using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Staging;

/// <summary>What a rehearsal's sandbox starts with: a project's own app and repository.</summary>
internal static class StagedWorld
{
    /// <summary>Sets the stage where there's none yet.</summary>
    /// <exception cref="StageException">The project's commits or its release command don't allow it.</exception>
    public static async Task EnsureAsync(Stage stage, SandboxParts parts, HerokuStandIn heroku, CancellationToken ct)
    {
        if (heroku.Store.Read(world => world.Accounts.Count > 0))
        {
            return;
        }

        using var repository = new StagedRepository(stage, parts);
        await repository.BuildAsync(ct);
        await new StagedApp(stage, parts, heroku).BuildAsync(repository, ct);
    }
}
