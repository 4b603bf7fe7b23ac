using ReleaseTasks.Sandbox;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>A way to fail: what was arranged, what was typed, and what is promised of how that ends.</summary>
/// <param name="Class">As docs/operating.md names it.</param>
/// <param name="ExitCode">What the process ends with.</param>
/// <param name="Says">What the operator reads, wherever it stands.</param>
/// <param name="LastLine">The last line of the output, or of the errors where nothing was printed after those; a regular expression.</param>
/// <param name="World">The app and the repository afterwards, as <see cref="WorldOfAsync"/> puts it.</param>
internal sealed record Failure(string Class, int ExitCode, string Says, string LastLine, string World)
{
    public const string Untouched = "v51, open, web=1 worker=1, 1 database, open pull request";

    public Fault[] Faults { get; init; } = [];

    /// <summary>What has happened before.</summary>
    public Func<Scene, Task> Before { get; init; } = _ => Task.CompletedTask;

    public Func<Scene, Task<Finished>> Type { get; init; } = scene => scene.DeployAsync();

    public static async Task<string> WorldOfAsync(Scene scene)
    {
        var sushi = await Sushi.OfAsync(scene);
        var pull = await scene.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/pulls/{scene.PullRequest}");
        var databases = sushi.Addons.Count;
        return $"{(sushi.Slug == scene.FirstSlug ? "v51" : "new code")}, {(sushi.Maintenance ? "closed" : "open")}, {sushi.Formation.Replace("release=0 ", "", StringComparison.Ordinal)}, " +
            $"{databases} database{(databases == 1 ? "" : "s")}, {(pull["merged"]!.GetValue<bool>() ? "merged" : "open pull request")}";
    }

    public override string ToString() => Class;
}
