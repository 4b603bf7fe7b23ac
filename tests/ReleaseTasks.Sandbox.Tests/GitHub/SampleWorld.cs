using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Sandbox.GitHub;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

/// <summary>The world that each of these tests starts with: made once, copied for each.</summary>
[SetUpFixture]
public sealed class SampleWorld
{
    private static string template = "";

    internal static DateTimeOffset Start { get; } = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        template = Directory.CreateTempSubdirectory("github-template-").FullName;
        using var world = new GitHubWorld(template, new FakeTimeProvider(Start));
        foreach (var login in new[] { "zupo", "dz0ny", "karantan", "gurvankervern", "stranger" })
        {
            world.AddUser(login, login, $"{login}@example.com");
        }

        world.AddApp("checker");
        var sushi = await world.AddRepositoryAsync("zupo", "sushi", "master", default);
        world.AddCollaborator(sushi, "dz0ny", "admin");
        world.AddCollaborator(sushi, "karantan", "write");
        world.AddCollaborator(sushi, "gurvankervern", "read");
        world.AddCollaborator(sushi, "checker[bot]", "write");
        await world.CommitAsync(sushi, "master", new Dictionary<string, string?> { ["README"] = "one\ntwo\nthree\n" }, "Begin", "zupo", default);
        await world.CommitAsync(sushi, "topic", new Dictionary<string, string?> { ["README"] = "one\ntwo\nfour\n" }, "Change README", "zupo", default);
        await world.OpenPullRequestAsync(sushi, "zupo", "topic", "master", "Count differently", "- [ ] Merge\r\n", default);
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(template, recursive: true);

    internal static string Copy()
    {
        var copy = Directory.CreateTempSubdirectory("github-").FullName;
        foreach (var folder in Directory.EnumerateDirectories(template, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(folder.Replace(template, copy, StringComparison.Ordinal));
        }

        foreach (var file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, file.Replace(template, copy, StringComparison.Ordinal));
        }

        return copy;
    }
}
