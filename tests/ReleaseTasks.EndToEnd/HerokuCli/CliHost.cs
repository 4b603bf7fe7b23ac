using ReleaseTasks.Sandbox;
using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>
/// The official Heroku CLI, unmodified, on a sandbox with the app <c>sushi</c> at v4 and a simulated database. The CLI believes that it
/// talks to Heroku: all it's given is the environment that the sandbox prints.
/// </summary>
internal sealed class CliHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SandboxServer _sandbox;
    private readonly string _folder;
    private readonly Dictionary<string, string?> _environment;

    private CliHost(SandboxServer sandbox, string folder)
    {
        (_sandbox, _folder) = (sandbox, folder);
        _environment = sandbox.Environment.ToDictionary(v => v.Key, v => (string?)v.Value);
        foreach (var name in new[] { "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME" })
        {
            _environment[name] = folder;
        }

        // The CLI writes to git's global configuration, and greets whoever starts it for the first time.
        _environment["GIT_CONFIG_GLOBAL"] = Path.Combine(folder, "gitconfig");
        _environment["NO_COLOR"] = "1";
        _environment["TERM"] = "dumb";
        _environment["NO_PROXY"] = "127.0.0.1,localhost";
        _environment["HEROKU_APP"] = "sushi";
        System.IO.Directory.CreateDirectory(Path.Combine(folder, "heroku"));
        File.WriteAllText(Path.Combine(folder, "heroku", "terms-of-service"), "");
    }

    /// <summary>Skips the test where the CLI isn't installed.</summary>
    /// <param name="faults">As <c>--faults</c> has them. Default: none.</param>
    /// <param name="provisioning">How many seconds a database takes. Default: half of one.</param>
    public static async Task<CliHost> StartAsync(string faults = "", double provisioning = 0.5)
    {
        var folder = NewFolder();
        await using (var first = await StartAsync(Simulated(folder)))
        {
            await MakeWorldAsync(first);
        }

        // The environment names the first account's key, so it's there only once the world is.
        return new CliHost(await StartAsync(Simulated(folder) with { Faults = Fault.Parse(faults), Provisioning = TimeSpan.FromSeconds(provisioning) }), folder);
    }

    /// <summary>The sample world instead, with all that is real on this machine.</summary>
    public static async Task<CliHost> StartSampleAsync()
    {
        var folder = NewFolder();
        return new CliHost(await StartAsync(new SandboxOptions { Directory = Path.Combine(folder, "sandbox") }), folder);
    }

    public SandboxServer Sandbox => _sandbox;

    public string Folder => _folder;

    /// <summary><c>heroku arguments</c></summary>
    public Task<Finished> RunAsync(params string[] arguments) => Command.RunAsync(_folder, Program, arguments, CancellationToken.None, _environment);

    /// <summary><c>input | heroku arguments</c></summary>
    public async Task<Finished> PipeAsync(string input, params string[] arguments)
    {
        await using var command = Command.Start(_folder, Program, arguments, _environment, input);
        return await command.FinishedAsync(CancellationToken.None);
    }

    /// <summary><c>heroku arguments</c>, which goes on until it's disposed.</summary>
    public Command Start(params string[] arguments) => Command.Start(_folder, Program, arguments, _environment);

    /// <summary><c>heroku arguments</c>, which has to end with 0.</summary>
    public async Task<string> SucceedAsync(params string[] arguments)
    {
        var finished = await RunAsync(arguments);
        Assert.That(finished.ExitCode, Is.Zero, $"heroku {string.Join(' ', arguments)}: {finished}");
        return finished.Output;
    }

    public T Read<T>(Func<HerokuWorld, T> question) => _sandbox.World.Heroku.Store.Read(question);

    public App Sushi => Read(world => world.FindApp("sushi")!);

    public void Change(Action<HerokuWorld> change) => _sandbox.World.Heroku.Store.Change(change);

    public void Log(string process, string text) => _sandbox.World.Parts.Logs.Write("sushi", "app", process, text);

    public IReadOnlyList<string> LogLines => [.. _sandbox.World.Parts.Logs.Of("sushi").Recent(1000).Select(l => $"{l.Source}[{l.Process}]: {l.Text}")];

    public async Task UntilAsync(Func<HerokuWorld, bool> condition, string what)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!Read(condition))
        {
            Assert.That(TimeProvider.System.GetElapsedTime(begun), Is.LessThan(Patience), $"waiting until {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
        Assert.That((_sandbox.Failures, _sandbox.UnknownRequests), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())), "What the sandbox failed at, and what it didn't know");
    }

    private static string Program => Repository.PathOf(".tools", "node_modules", ".bin", "heroku");

    private static string NewFolder()
    {
        if (!File.Exists(Program))
        {
            Assert.Ignore("The Heroku CLI isn't installed: ./build.sh --target=Tools does it.");
        }

        return System.IO.Directory.CreateTempSubdirectory("heroku-cli-").FullName;
    }

    private static SandboxOptions Simulated(string folder) => new()
    {
        Directory = Path.Combine(folder, "sandbox"),
        Sample = false,
        DatabasesIn = directory => new SimulatedEngine(directory, "for tests", TimeProvider.System),
    };

    private static Task<SandboxServer> StartAsync(SandboxOptions options) => SandboxServer.StartAsync(options, CancellationToken.None);

    private static async Task MakeWorldAsync(SandboxServer sandbox)
    {
        const string Database = "postgresql-curved-12345";
        var (heroku, databases, at) = (sandbox.World.Heroku, sandbox.World.Parts.Databases, sandbox.Clock.GetUtcNow());
        await databases.CreateAsync(Database, CancellationToken.None);
        heroku.Store.Change(world =>
        {
            var jim = world.CreateAccount("jim@example.com", at);
            var stephan = world.CreateAccount("stephan@example.com", at);
            var app = world.CreateApp("sushi", jim, at);
            app.AddCollaborator(stephan, at);
            app.AddRelease(jim, "Initial release", at);
            world.AddAddOn(app, "heroku-postgresql:standard-0", Database, [new("URL", databases.UrlOf(Database).OriginalString)], at, "DATABASE", "HEROKU_POSTGRESQL_YELLOW");
            app.AddRelease(jim, $"Attach DATABASE (@ref:{Database})", at);
            app.ConfigVars["MYVAR"] = "old value";
            foreach (var (by, sha) in new[] { (stephan, "de63889"), (jim, "aaaaaaa") })
            {
                var slug = app.AddSlug(sha.PadRight(40, '0'), [new("release", "echo migrating; [ -z \"$HOLD\" ] || until [ -e \"$HOLD\" ]; do sleep 0.05; done; exit ${FAIL:-0}"), new("worker", "exec sleep 1000")], at);
                System.IO.Directory.CreateDirectory(heroku.SlugDirectory(slug));
                app.AddRelease(by, $"Deploy {sha}", at, slug);
            }

            app.SetFormation("release", 0, at);
            app.SetFormation("worker", 1, at);
        });
    }
}
