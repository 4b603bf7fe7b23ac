using System.Diagnostics;
using ReleaseTasks.Sandbox.GitHub;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class PushingAndCloning
{
    private readonly string folder = Directory.CreateTempSubdirectory("clone-").FullName;

    [OneTimeTearDown]
    public void Clean() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Moves_the_open_pull_request_to_what_was_pushed()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var clone = Path.Combine(folder, "moves");
        await GitAsync(folder, "clone", "--quiet", AddressFor(github, "zupo"), clone);
        await GitAsync(clone, "checkout", "--quiet", "topic");
        await File.WriteAllTextAsync(Path.Combine(clone, "new"), new string('x', 200_000));

        await GitAsync(clone, "add", ".");
        await GitAsync(clone, "-c", "user.name=z", "-c", "user.email=z@example.com", "commit", "--quiet", "-m", "More");
        await GitAsync(clone, "push", "--quiet", "origin", "topic");

        var head = (await GitAsync(clone, "rev-parse", "HEAD")).Trim();
        Assert.That((await zupo.AskAsync("pulls/1")).Text("head", "sha"), Is.EqualTo(head));
    }

    [Test]
    public async Task Counts_a_pull_request_as_merged_when_the_merge_itself_is_pushed()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var clone = Path.Combine(folder, "merged");
        await GitAsync(folder, "clone", "--quiet", AddressFor(github, "karantan"), clone);

        await GitAsync(clone, "-c", "user.name=k", "-c", "user.email=k@example.com", "merge", "--quiet", "--no-ff", "-m", "By hand", "origin/topic");
        await GitAsync(clone, "push", "--quiet", "origin", "master");

        var merge = (await GitAsync(clone, "rev-parse", "HEAD")).Trim();
        var pull = await zupo.AskAsync("pulls/1");
        Assert.That((pull.Text("merged"), pull.Text("merge_commit_sha")), Is.EqualTo(("true", merge)));
    }

    [Test]
    public async Task Is_refused_to_whoever_may_only_read()
    {
        await using var github = await GitHubHost.StartAsync();
        var clone = Path.Combine(folder, "reads");
        await GitAsync(folder, "clone", "--quiet", AddressFor(github, "gurvankervern"), clone);

        Assert.That(async () => await GitAsync(clone, "push", "--quiet", "origin", "HEAD:refs/heads/mine"), Throws.Exception.With.Message.Contains("403"));
        Assert.That(await github.Git.FindRefAsync("refs/heads/mine", default), Is.Null);
    }

    [Test]
    public async Task Is_refused_without_a_token_and_to_strangers()
    {
        await using var github = await GitHubHost.StartAsync();

        Assert.That(
            async () => await GitAsync(folder, "clone", new Uri(github.Address, "/git/zupo/sushi.git").ToString(), "anonymous"), Throws.Exception);
        Assert.That(
            async () => await GitAsync(folder, "clone", AddressFor(github, "stranger"), "stranger"), Throws.Exception.With.Message.Contains("not found"));
    }

    [Test]
    public async Task Survives_a_restart_between_gits_part_of_a_merge_and_ours()
    {
        await using var github = await GitHubHost.StartAsync();
        var target = (await github.Git.FindCommitAsync("master", default))!;
        var tree = (await github.Git.MergeTreeAsync(target, github.Head, default))!;
        var author = new Signature("zupo", "zupo@example.com", SampleWorld.Start);
        var merge = await github.Git.WriteCommitAsync(tree, [target, github.Head], "Merge", author, author, default);

        await github.Git.SetRefAsync("refs/heads/master", merge, default); // and then the power was cut

        using var zupo = github.As("zupo");
        var pull = await zupo.AskAsync("pulls/1");
        Assert.That((pull.Text("merged"), pull.Text("merge_commit_sha")), Is.EqualTo(("true", merge)));
    }

    [Test]
    public async Task Is_not_kept_out_by_the_lock_of_a_killed_git()
    {
        await using var github = await GitHubHost.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(github.Git.Directory, "refs", "heads", "master.lock"), "");

        using var zupo = github.As("zupo");
        var merged = await zupo.SendAsync("PUT", "pulls/1/merge", new { sha = github.Head });

        Assert.That(merged.Status, Is.EqualTo(System.Net.HttpStatusCode.OK));
    }

    private static string AddressFor(GitHubHost github, string login) =>
        new UriBuilder(new Uri(github.Address, "/git/zupo/sushi.git")) { UserName = "x", Password = github.World.FindAccount(login)!.Token }.ToString();

    private static async Task<string> GitAsync(string directory, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1", ["GIT_TERMINAL_PROMPT"] = "0" },
        })!;
        var errors = git.StandardError.ReadToEndAsync();
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException(await errors);
    }
}
