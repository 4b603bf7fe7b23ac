using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Sample;

/// <summary>What a new sandbox starts with: the app <c>sushi</c> and its repository, with a pull request that is ready to be rolled out.</summary>
internal static class SampleWorld
{
    /// <summary>Makes the sample world where there's none yet.</summary>
    public static async Task EnsureAsync(SandboxParts parts, HerokuStandIn heroku, CancellationToken ct)
    {
        if (heroku.Store.Read(world => world.Accounts.Count > 0))
        {
            return;
        }

        RemoveHalfMade(parts.Directory);
        var app = new SampleApp(parts, heroku);
        using var repository = new SampleRepository(parts.Directory, parts.Clock.GetUtcNow());
        var databaseMade = app.CreateDatabaseAsync(ct);
        var deployed = await repository.BuildAsync(ct);
        await databaseMade;
        await app.BuildAsync(deployed, ct);
    }

    // The app is saved last: without it, what is there of GitHub was left by a sandbox that was killed while it made this.
    private static void RemoveHalfMade(string directory)
    {
        File.Delete(Path.Combine(directory, "github.json"));
        foreach (var folder in new[] { "git", "slugs" }.Select(name => Path.Combine(directory, name)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
