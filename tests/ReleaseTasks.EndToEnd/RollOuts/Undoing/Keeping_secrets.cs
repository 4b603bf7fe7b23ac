using System.Text.Json;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>A whole roll-out and its rollback, talkative as can be: no planted secret is seen anywhere but where it belongs.</summary>
[Platform(Include = "Linux", Reason = "It looks into /proc.")]
public sealed class Keeping_secrets
{
    private static readonly Dictionary<string, string> Planted = new()
    {
        ["MOTTO"] = $"-----BEGIN KEY-----\n{Guid.NewGuid():N}\n\"{Guid.NewGuid():N}\"\r\n-----END KEY-----\n",
        ["PAGE_SIZE"] = $"{Guid.NewGuid():N}'$(rm -rf /)&ü=\u00ff",
        ["LONG"] = string.Concat(Enumerable.Repeat($"{Guid.NewGuid():N}", 1024)),
    };

    /// <summary>As careless code has it: its whole environment, in several spellings.</summary>
    private const string Complaint =
        "import os, json, urllib.parse as u; a, b = os.environ[\"DATABASE_URL\"], os.environ[\"MYVAR\"]; " +
        "raise ValueError(a + repr(b) + json.dumps([a, b]) + u.quote_plus(a) + chr(27) + \"[2J\" + b)";

    private const string PrintCopy =
        "git -C \"$(find . -maxdepth 4 -path '*sushi*' -name HEAD -printf '%h\\n' | head -1)\" cat-file -p refs/release-journals/sushi-pr3";

    [Test]
    public async Task From_every_output_file_message_and_process()
    {
        await using var scene = await Scene.RealAsync(new Fault { On = "PATCH /apps/sushi/config-vars", Do = "answer", Status = 422, After = 1 });
        await scene.HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", Planted);
        var description = Descriptions.ConfigVar.Replace("config:unset MOTTO", "config:unset MOTTO LONG", StringComparison.Ordinal)
            .Replace("**Deployment steps**", "  3. [ ] `heroku config:get LONG > LONG.old`\n\n**Deployment steps**", StringComparison.Ordinal)
            + "\n  4. [ ] `heroku config:set LONG=$(< LONG.old)`";
        await scene.ProposeAsync(description, new Dictionary<string, string> { ["README.md"] = "sushi" });
        await using var watch = new ProcessWatch(Needles(scene));

        var said = new List<Finished>();
        foreach (var typed in new[] { "--target=Plan", "--target=Deploy", "--target=Deploy", "--target=Status", "--target=Verify", "--target=Rollback --confirm=sushi", "--target=Status --format=json" })
        {
            said.Add(await scene.RunAsync([.. typed.Split(' '), $"--pr={scene.PullRequest}", "--verbosity=diagnostic"]));
        }

        Assert.That(said.Select(run => run.ExitCode), Is.EqualTo([0, 1, 0, 0, 5, 0, 0]), string.Join('\n', said));
        var places = new Dictionary<string, string>
        {
            ["the outputs"] = string.Join('\n', said),
            ["the files beside the vault"] = await FilesAsync(scene),
            ["the pull request"] = $"{await scene.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/pulls/{scene.PullRequest}")}{await scene.GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/issues/{scene.PullRequest}/comments")}",
            ["the repository's objects, the journal's copy among them"] = (await Command.RunAsync(scene.PathOf(".sandbox", "git"), "bash", ["-c", "for r in $(find . -name HEAD -maxdepth 4 -printf '%h\\n'); do git -C $r cat-file --batch-all-objects --batch; done"], default)).Output,
            ["the chat"] = (await scene.HerokuAsync("/slack/messages")).ToJsonString(),
            ["the app's log"] = string.Concat(Directory.EnumerateFiles(scene.PathOf(".sandbox", "logs"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)),
        };
        foreach (var (place, text) in places)
        {
            Assert.That(text, Is.Not.Empty, place);
            Assert.That(Needles(scene).Where(needle => text.Contains(needle, StringComparison.Ordinal)), Is.Empty, place);
        }

        Assert.That(await watch.FoundAsync(), Is.Empty, "processes' arguments");
        Assert.That(watch.Looks, Is.GreaterThan(50));
        AssertVault(scene);
        Assert.That((await Sushi.OfAsync(scene)).ConfigVars.Where(v => Planted.ContainsKey(v.Key)), Is.EquivalentTo(Planted), "restored byte for byte");
    }

    [Test]
    public async Task When_an_exception_in_the_apps_log_quotes_them()
    {
        await using var scene = await Scene.RealAsync();
        var deployed = await scene.DeployAsync();
        Assert.That(deployed.ExitCode, Is.Zero, deployed.ToString());
        await scene.HerokuAsync(HttpMethod.Post, "/apps/sushi/dynos", new { command = $"python3 -c '{Complaint}'" });
        await scene.NoneRunsAsync();

        var verified = await scene.RunAsync("--target=Verify", "--pr=3", "--verbosity=diagnostic");
        var status = await scene.RunAsync("--target=Status", "--pr=3", "--format=json");

        Assert.That(verified.ExitCode, Is.EqualTo(1), verified.ToString());
        Assert.That(verified.ToString(), Does.Contain("ValueError: [REDACTED]").And.Contain(@"\x1b[2J").And.Not.Contain("\u001b[2J"));
        var places = new Dictionary<string, string>
        {
            ["the screen"] = $"{verified}{status}",
            ["the journal"] = await File.ReadAllTextAsync(scene.JournalPath),
            ["its copy"] = (await Command.RunAsync(scene.PathOf(".sandbox", "git"), "bash", ["-c", PrintCopy], default)).Output,
        };
        var (url, myVar) = (scene.FirstConfigVars["DATABASE_URL"], SampleMyVar(scene));
        string[] secrets = [url, Uri.EscapeDataString(url), scene.DatabasePassword, myVar, myVar[..12], myVar[12..]];
        foreach (var (place, text) in places)
        {
            Assert.That(text, Does.Contain("ValueError"), place);
            Assert.That(secrets.Where(secret => text.Contains(secret, StringComparison.Ordinal)), Is.Empty, place);
        }
    }

    [Test]
    public async Task And_the_watch_for_it_sees_a_word_that_is_among_arguments()
    {
        var word = $"{Guid.NewGuid():N}";
        await using var watch = new ProcessWatch([word]);

        await using var careless = Command.Start("/", "sh", ["-c", "sleep 300; true", word]);

        await watch.LookedAsync(times: 2);
        Assert.That(await watch.FoundAsync(), Is.Not.Empty);
    }

    private static void AssertVault(Scene scene)
    {
        var vault = Path.Combine(Path.GetDirectoryName(scene.JournalPath)!, "config-vars.json");
        Assert.That(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(vault)), Is.SupersetOf(Planted));
        Assert.That(Needles(scene).Count(needle => File.ReadAllText(vault).Contains(needle, StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(Planted.Count), "where they are, they are found");
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(vault), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    private static async Task<string> FilesAsync(Scene scene)
    {
        var files = Directory.EnumerateFiles(scene.PathOf(".release"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "config-vars.json");
        return string.Join('\n', await Task.WhenAll(files.Select(file => File.ReadAllTextAsync(file))));
    }

    /// <summary>Each line of the planted values as it is and as JSON has it, the tokens, and the database's password.</summary>
    private static IReadOnlyList<string> Needles(Scene scene) =>
    [
        .. Planted.Values.Append(SampleMyVar(scene)).SelectMany(value => value.Split('\n')).Select(line => line.Trim('"', '\r')).Where(line => line.Length > 20 && !line.StartsWith('-')).Select(line => line.Length > 64 ? line[..64] : line)
            .SelectMany(line => new[] { line, JsonSerializer.Serialize(line)[1..^1] }).Distinct(),
        .. new[] { "HEROKU_API_KEY", "GITHUB_TOKEN", "SLACK_WEBHOOK_URL" }.Select(name => scene.Secrets[name]),
        scene.DatabasePassword,
    ];

    private static string SampleMyVar(Scene scene) => scene.FirstConfigVars["MYVAR"];
}
