using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Dynos;

/// <summary>
/// What a buildpack would have put on the PATH: <c>python3</c> is an interpreter that has alembic and psycopg2, which isn't always the first
/// on the machine's PATH, and <c>alembic</c> is its alembic, or where there is none, or no database for it, a stand-in that records
/// revisions.
/// </summary>
internal sealed class Toolbox
{
    private const string HasPackages =
        "import sys, importlib.util as u; sys.exit(not all(u.find_spec(name) for name in ('alembic', 'psycopg2')))";

    private readonly string _folder;
    private readonly string _simulated;

    private Toolbox(string directory, string? python, bool realDatabases, bool isEquipped)
    {
        (Python, Migrates, LacksAlembic) = (python, realDatabases && isEquipped, realDatabases && !isEquipped);
        _folder = Path.Combine(Path.GetFullPath(directory), "toolbox");
        _simulated = SimulatedEngine.Folder(directory);
    }

    /// <summary>The interpreter, or null where there is no Python.</summary>
    public string? Python { get; }

    /// <summary>Whether alembic is the real one.</summary>
    public bool Migrates { get; }

    /// <summary>Whether alembic is all that is missing for migrations.</summary>
    public bool LacksAlembic { get; }

    /// <summary>Looks around on the machine and fills the toolbox.</summary>
    /// <param name="directory">The sandbox's folder.</param>
    /// <param name="realDatabases">Whether there are databases that alembic could migrate.</param>
    public static Toolbox Open(string directory, bool realDatabases) => Open(directory, realDatabases, [.. Pythons()]);

    /// <param name="directory">The sandbox's folder.</param>
    /// <param name="realDatabases">Whether there are databases that alembic could migrate.</param>
    /// <param name="pythons">The interpreters of the machine, the first choice first.</param>
    public static Toolbox Open(string directory, bool realDatabases, List<string> pythons)
    {
        var equipped = realDatabases ? pythons.Find(IsEquipped) : null;
        var toolbox = new Toolbox(directory, equipped ?? pythons.FirstOrDefault(), realDatabases, equipped is not null);
        toolbox.Fill();
        return toolbox;
    }

    /// <summary>The environment of a dyno that uses it, its app's config vars aside.</summary>
    public Dictionary<string, string> Environment() => new()
    {
        ["PATH"] = _folder + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"),
        ["LANG"] = "C.UTF-8",
        ["PYTHONUNBUFFERED"] = "1", // as Heroku's: log lines come when they're written
        ["PYTHONDONTWRITEBYTECODE"] = "1", // a slug is read-only in spirit
        ["SANDBOX_SIMULATED"] = _simulated,
    };

    /// <summary>The same process on a terminal of its own, made by util-linux's <c>script</c>; on a pipe where there is none.</summary>
    public static ProcessPlan OnTerminal(ProcessPlan plan) =>
        OperatingSystem.IsLinux() && Tool.Find("script") is { } script && plan.Arguments is ["-c", var command]
            ? plan with
            {
                Program = script,
                Arguments = ["--quiet", "--flush", "--return", "--command", command, "/dev/null"],
                Environment = new Dictionary<string, string>(plan.Environment) { ["SHELL"] = "/bin/bash" },
            }
            : plan;

    // The distribution's packages belong to the distribution's interpreter, which another one may hide on the PATH.
    private static IEnumerable<string> Pythons() =>
        Tool.Folders(System.Environment.GetEnvironmentVariable("PATH")).Prepend("/usr/bin").Distinct()
            .Select(folder => Path.Combine(folder, "python3")).Where(File.Exists);

    private static bool IsEquipped(string python)
    {
        try
        {
            Tool.RunAsync([python, "-c", HasPackages], CancellationToken.None).GetAwaiter().GetResult();
            return true;
        }
        catch (ToolException)
        {
            return false;
        }
    }

    private void Fill()
    {
        Directory.CreateDirectory(_folder);
        Write("alembic", Migrates ? $"#!/bin/sh\nexec '{Python}' -m alembic \"$@\"\n" : SimulatedAlembic());
        if (Python is not null)
        {
            Write("python3", $"#!/bin/sh\nexec '{Python}' \"$@\"\n");
        }
    }

    private void Write(string name, string script)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    private static string SimulatedAlembic()
    {
        using var script = new StreamReader(typeof(Toolbox).Assembly.GetManifestResourceStream("Dynos/alembic.sh")!);
        return script.ReadToEnd();
    }
}
