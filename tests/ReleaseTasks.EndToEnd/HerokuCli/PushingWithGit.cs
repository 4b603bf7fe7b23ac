using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary><c>git push heroku main</c>: what git shows is what Heroku did.</summary>
public sealed class PushingWithGit
{
    [Test]
    public async Task Builds_and_releases()
    {
        await using var heroku = await CliHost.StartAsync();
        var checkout = await CheckoutAsync(heroku, "Procfile", "release: echo migrating pushed\nworker: exec sleep 1000\n");

        var pushed = await PushAsync(heroku, checkout);

        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        Assert.That(pushed.Errors, Does.Contain("remote:        Released v5").And.Contain("remote: migrating pushed").And.Contain("remote: Waiting for release.... done."));
        Assert.That(heroku.Sushi.Current!.Version, Is.EqualTo(5));
        Assert.That(heroku.Sushi.Releases[^1].Description, Does.Match("^Deploy [0-9a-f]{7}$"));
    }

    [Test]
    public async Task Is_declined_when_the_build_fails()
    {
        await using var heroku = await CliHost.StartAsync();
        var checkout = await CheckoutAsync(heroku, "README.md", "Nothing that Heroku knows.\n");

        var refused = await PushAsync(heroku, checkout);
        await File.WriteAllTextAsync(Path.Combine(checkout, "Procfile"), "worker: exec sleep 1000\n");
        await CommitAsync(checkout);
        var accepted = await PushAsync(heroku, checkout);

        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Errors, Does.Contain(" !     No default language could be detected for this app.").And.Contain(" !     Push rejected to sushi."));
        Assert.That(refused.Errors, Does.Match(@"! \[remote rejected\] main -> main \(pre-receive hook declined\)"));
        Assert.That(accepted.ExitCode, Is.Zero, accepted.ToString());
        Assert.That(heroku.Sushi.Builds.Select(b => b.Status), Is.EqualTo([BuildStatus.Failed, BuildStatus.Succeeded]));
        Assert.That(heroku.Sushi.Releases[^1].Version, Is.EqualTo(5));
    }

    [Test]
    public async Task Shows_a_release_phase_that_fails()
    {
        await using var heroku = await CliHost.StartAsync();
        var checkout = await CheckoutAsync(heroku, "Procfile", "release: echo no such column; exit 1\nworker: exec sleep 1000\n");

        var pushed = await PushAsync(heroku, checkout);

        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        Assert.That(pushed.Errors, Does.Contain("remote: no such column").And.Contain("remote: Waiting for release.... failed."));
        Assert.That(heroku.Sushi.Releases[^1].Status, Is.EqualTo(ReleaseStatus.Failed));
        Assert.That(heroku.Sushi.Current!.Version, Is.EqualTo(4));
    }

    [Test]
    public async Task Builds_no_other_branch()
    {
        await using var heroku = await CliHost.StartAsync();
        var checkout = await CheckoutAsync(heroku, "Procfile", "worker: exec sleep 1000\n");

        var pushed = await PushAsync(heroku, checkout, "main:refs/heads/rice");

        Assert.That(pushed.Errors, Does.Contain("remote: Pushed to non-main branch, skipping build."));
        Assert.That(heroku.Sushi.Builds, Is.Empty);
    }

    private static async Task<string> CheckoutAsync(CliHost heroku, string file, string text)
    {
        var checkout = Path.Combine(heroku.Folder, "checkout");
        Directory.CreateDirectory(checkout);
        await File.WriteAllTextAsync(Path.Combine(checkout, file), text);
        await GitAsync(checkout, "init", "-q", "-b", "main");
        await CommitAsync(checkout);
        return checkout;
    }

    private static async Task CommitAsync(string checkout)
    {
        await GitAsync(checkout, "add", ".");
        var committed = await GitAsync(checkout, "-c", "user.name=Jim", "-c", "user.email=jim@example.com", "commit", "-q", "-m", "Roll");
        Assert.That(committed.ExitCode, Is.Zero, committed.ToString());
    }

    private static Task<Finished> PushAsync(CliHost heroku, string checkout, string branch = "main")
    {
        var url = new UriBuilder(heroku.Sandbox.Address) { Path = "heroku-git/sushi.git", UserName = "heroku", Password = heroku.Sandbox.Environment["HEROKU_API_KEY"] };
        return GitAsync(checkout, "push", url.Uri.AbsoluteUri, branch);
    }

    private static Task<Finished> GitAsync(string checkout, params string[] arguments) => Command.RunAsync(checkout, "git", arguments, CancellationToken.None);
}
