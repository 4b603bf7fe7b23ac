using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Sample;
using ReleaseTasks.EndToEnd.RollOuts.Killing;

namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>A world of its own, served by the test's process, and a folder from which the program rolls out a pull request on it, and back.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private readonly List<Command> _started = [];
    private readonly SandboxServer _sandbox;
    private readonly HttpClient _http = new();

    private Scene(string folder, SandboxServer sandbox)
    {
        (Folder, _sandbox) = (folder, sandbox);
        _http.DefaultRequestHeaders.UserAgent.Add(new("scene", null));
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "application/vnd.heroku+json; version=3");
    }

    public string Folder { get; }

    /// <summary>What is rolled out; the sample's own, until another is proposed.</summary>
    public int PullRequest { get; private set; } = 3;

    /// <summary>The code that was there in the beginning.</summary>
    public string FirstSlug => Read(app => app.SlugOf(app.Releases.Single(release => release.Version == 51))!.Id.ToString());

    /// <summary>The config vars as they were in the beginning.</summary>
    public IReadOnlyDictionary<string, string> FirstConfigVars => Read(app => app.Releases.Single(release => release.Version == 51).ConfigVars);

    public string DatabasePassword => new Uri(FirstConfigVars["DATABASE_URL"]).UserInfo.Split(':')[1];

    public string Rollout => $"sushi-pr{PullRequest}";

    public IReadOnlyDictionary<string, string> Secrets => _sandbox.Environment;

    /// <summary>With PostgreSQL and alembic behind it.</summary>
    public static Task<Scene> RealAsync(params Fault[] faults) => RealAsync(releasePhaseOnAttachment: true, faults);

    public static Task<Scene> RealAsync(bool releasePhaseOnAttachment, params Fault[] faults) =>
        SetAsync(Options(faults) with { ReleasePhaseOnAttachment = releasePhaseOnAttachment });

    /// <summary>Faster: for what doesn't depend on the database.</summary>
    public static Task<Scene> SimulatedAsync(params Fault[] faults) => SetAsync(Options(faults) with
    {
        DatabasesIn = directory => new SimulatedEngine(directory, "for tests", TimeProvider.System),
        DynosIn = directory => new QuietDynos(directory),
    });

    /// <summary>Opens another pull request that is ready to be rolled out.</summary>
    /// <param name="description">Its body.</param>
    /// <param name="files">What it changes, by path.</param>
    /// <param name="approved">Whether enough people have approved it.</param>
    /// <param name="branch">Where its commit is.</param>
    public async Task ProposeAsync(string description, IReadOnlyDictionary<string, string> files, bool approved = true, string branch = "proposal")
    {
        var github = _sandbox.World.GitHub.World;
        var repository = github.FindRepository(SampleRepository.Owner, SampleRepository.Name)!;
        await github.CommitAsync(repository, branch, files.ToDictionary(file => file.Key, string? (file) => file.Value), "A proposal", "zupo", default);
        var pull = await github.OpenPullRequestAsync(repository, "zupo", branch, "master", "a proposal", description, default);
        if (approved)
        {
            github.Approve(pull, "dz0ny");
            github.Approve(pull, "karantan");
        }

        PullRequest = (int)pull.Number;
    }

    public Task<Finished> DeployAsync(params string[] more) => RunAsync(["--target=Deploy", $"--pr={PullRequest}", .. more]);

    public Task<Finished> RollBackAsync(params string[] more) => RunAsync(["--target=Rollback", $"--pr={PullRequest}", "--confirm=sushi", .. more]);

    public async Task<Finished> RunAsync(params string[] arguments) => await (await StartAsync(arguments)).FinishedAsync(default);

    public async Task<Command> StartAsync(params string[] arguments)
    {
        var command = await PublishedProgram.StartAsync(Folder, IsProduction(arguments) ? Secrets : new Dictionary<string, string>(), arguments);
        _started.Add(command);
        return command;
    }

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public string JournalPath => PathOf(".release", "sandbox", Rollout, "journal.jsonl");

    /// <summary>Asks Heroku as anybody would.</summary>
    public Task<JsonNode> HerokuAsync(string path) => HerokuAsync(HttpMethod.Get, path);

    /// <summary>Changes something on Heroku as somebody else would.</summary>
    public Task<JsonNode> HerokuAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(method, _sandbox.Environment["HEROKU_HOST"].TrimEnd('/') + path, _sandbox.Environment["HEROKU_API_KEY"], body);

    public Task<JsonNode> GitHubAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(method, _sandbox.Environment["GITHUB_API_URL"].TrimEnd('/') + path, _sandbox.Environment["GITHUB_TOKEN"], body);

    /// <summary>The sandbox's world, for what no request can change.</summary>
    public void Meddle(Action<Sandbox.Heroku.World.HerokuWorld> change) => _sandbox.World.Heroku.Store.Change(change);

    /// <summary>What a query on the primary database answers, as <c>psql</c> prints it without decoration.</summary>
    public async Task<string> QueryAsync(string sql, string database = "DATABASE_URL")
    {
        var url = (await HerokuAsync("/apps/sushi/config-vars"))[database]!.GetValue<string>();
        var run = await Command.RunAsync("/", "psql", [url, "-XAtqc", sql], default);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return run.Output.Trim();
    }

    /// <summary>Waits until every one-off dyno has come to its end.</summary>
    public async Task NoneRunsAsync()
    {
        while ((await HerokuAsync("/apps/sushi/dynos")).AsArray().Any(dyno => dyno!["type"]!.GetValue<string>() == "run"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Somebody requests changes.</summary>
    public void Object(string login)
    {
        var github = _sandbox.World.GitHub.World;
        github.RequestChanges(github.FindRepository(SampleRepository.Owner, SampleRepository.Name)!.Issues.Single(issue => issue.Number == PullRequest), login, "Not today.");
    }

    public string CopyRef => $"refs/release-journals/{Rollout}";

    /// <summary>Gives the app a key for journals, as <c>--target=CreateJournalKey</c> does.</summary>
    public async Task<string> MakeKeyAsync()
    {
        var key = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        await HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", new Dictionary<string, string> { ["RELEASETASKS_KEY"] = key });
        await UntilAsync("/apps/sushi/releases", releases => releases.AsArray().All(release => release!["status"]!.GetValue<string>() != "pending"));
        return key;
    }

    /// <summary>What every colleague may do who may push: writes a ref whose commit says what they like.</summary>
    public async Task PushCopyAsync(string reference, string text)
    {
        var head = (await GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/git/commits/{await MasterAsync()}"))["tree"]!["sha"]!.GetValue<string>();
        var note = (await GitHubAsync(HttpMethod.Post, "/repos/zupo/sushi/git/commits", new { message = text, tree = head, parents = Array.Empty<string>() }))["sha"]!.GetValue<string>();
        await PointAsync(reference, note);
    }

    /// <summary>Moves a ref, by force where it is there.</summary>
    public async Task PointAsync(string reference, string commit)
    {
        var there = (await GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/git/matching-refs/{reference["refs/".Length..]}")).AsArray().Any(found => found!["ref"]!.GetValue<string>() == reference);
        _ = there
            ? await GitHubAsync(HttpMethod.Patch, $"/repos/zupo/sushi/git/{reference}", new { sha = commit, force = true })
            : await GitHubAsync(HttpMethod.Post, "/repos/zupo/sushi/git/refs", new Dictionary<string, string> { ["ref"] = reference, ["sha"] = commit });
    }

    /// <summary>What the copy of the roll-out's journal was, the newest first: commit and text.</summary>
    public async Task<IReadOnlyList<(string Commit, string Text)>> CopiesAsync()
    {
        var copies = new List<(string, string)>();
        var next = (await GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/git/matching-refs/{CopyRef["refs/".Length..]}")).AsArray()
            .Single(found => found!["ref"]!.GetValue<string>() == CopyRef)!["object"]!["sha"]!.GetValue<string>();
        while (next is not null)
        {
            var commit = await GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/git/commits/{next}");
            copies.Add((next, commit["message"]!.GetValue<string>()));
            next = commit["parents"]!.AsArray().FirstOrDefault()?["sha"]!.GetValue<string>();
        }

        return copies;
    }

    /// <summary>The machine is gone with everything that was written there; somebody who saw it die frees the app.</summary>
    public async Task LoseTheMachineAsync()
    {
        if (Directory.Exists(PathOf(".release")))
        {
            Directory.Delete(PathOf(".release"), recursive: true);
        }

        var unlocked = await RunAsync("--target=Unlock", "--reason=the machine is gone");
        Assert.That(unlocked.ExitCode, Is.Zero, unlocked.ToString());
    }

    /// <summary>Everything that anybody could see of the world, as text: equal where nothing was changed.</summary>
    public async Task<string> LookAsync()
    {
        string[] paths = ["", "/releases", "/config-vars", "/addons", "/addon-attachments", "/formation", "/dynos", "/builds"];
        var seen = new List<string>();
        foreach (var path in paths)
        {
            seen.Add((await HerokuAsync($"/apps/sushi{path}")).ToJsonString());
        }

        // Whether it could be merged GitHub finds out when it is asked.
        var pull = await GitHubAsync(HttpMethod.Get, $"/repos/zupo/sushi/pulls/{PullRequest}");
        seen.AddRange(new[] { "state", "merged", "title", "body", "head" }.Select(field => pull[field]!.ToJsonString()));
        seen.AddRange((await GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/git/matching-refs/")).AsArray().Select(found => found!.ToJsonString()).Where(found => !found.Contains("refs/pull/", StringComparison.Ordinal)));
        return string.Join('\n', seen);
    }

    private async Task<string> MasterAsync() => (await GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/branches/master"))["commit"]!["sha"]!.GetValue<string>();

    /// <summary>Waits until Heroku's answer is as wanted.</summary>
    public async Task UntilAsync(string path, Predicate<JsonNode> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isSo(await HerokuAsync(path)))
        {
            await Task.Delay(TimeSpan.FromSeconds(0.05), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Releases what master holds, as somebody's habit or Heroku's own automation does.</summary>
    public async Task PushMasterToHerokuAsync()
    {
        var (clone, host) = (PathOf("clone"), new Uri(Secrets["HEROKU_HOST"]).Authority);
        await GitAsync("clone", "-q", $"http://x:{Secrets["GITHUB_TOKEN"]}@{host}/git/zupo/sushi.git", clone);
        await GitAsync("-C", clone, "push", "-q", $"http://x:{Secrets["HEROKU_API_KEY"]}@{host}/heroku-git/sushi.git", "origin/master:refs/heads/master");
        await UntilAsync("/apps/sushi/releases", releases => releases.AsArray().All(release => release!["status"]!.GetValue<string>() != "pending"));
    }

    /// <summary>Ticks the box of the description's line that holds some words.</summary>
    public async Task TickAsync(string words)
    {
        var path = $"/repos/zupo/sushi/pulls/{PullRequest}";
        var body = (await GitHubAsync(HttpMethod.Get, path))["body"]!.GetValue<string>();
        await GitHubAsync(HttpMethod.Patch, path, new { body = body.Replace($"[ ] {words}", $"[x] {words}", StringComparison.Ordinal) });
    }

    private static async Task GitAsync(params string[] arguments)
    {
        var run = await Command.RunAsync("/", "git", arguments, default);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _started)
        {
            await command.DisposeAsync();
        }

        _http.Dispose();
        await _sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static SandboxOptions Options(Fault[] faults) => new() { Directory = "", Provisioning = TimeSpan.FromMilliseconds(200), Faults = faults };

    private static async Task<Scene> SetAsync(SandboxOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("scene-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "build"));
        File.Copy(Repository.PathOf("build", "release.json"), Path.Combine(folder, "build", "release.json"));
        var sandbox = await SandboxServer.StartAsync(options with { Directory = Path.Combine(folder, ".sandbox") }, default);
        return new(folder, sandbox);
    }

    /// <summary>Where the addresses and tokens come from the environment, as they do on a laptop.</summary>
    private static bool IsProduction(string[] arguments) => arguments.Contains("--environment=production");

    private T Read<T>(Func<Sandbox.Heroku.World.App, T> question) => _sandbox.World.Heroku.Store.Read(world => question(world.FindApp("sushi")!));

    private async Task<JsonNode> SendAsync(HttpMethod method, string address, string token, object? body)
    {
        using var request = new HttpRequestMessage(method, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{method} {address}: {answer.StatusCode} {text}");
    }
}
