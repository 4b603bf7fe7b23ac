using System.ComponentModel;
using System.Text.RegularExpressions;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>PostgreSQL's programs on this machine.</summary>
internal sealed partial record PostgresBinaries(string Folder, Version Version)
{
    // Recovery targets and pg_current_xact_id are as we use them since 13.
    private const int Oldest = 13;

    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl", "pg_basebackup", "pg_dump", "pg_restore", "psql"];

    // Most systems keep the server's programs off the PATH, a folder for each version.
    private static readonly (string Parent, string Versions)[] Shelves =
    [
        ("/usr/lib/postgresql", "*"),
        ("/usr", "pgsql-*"),
        ("/opt/homebrew/opt", "postgresql@*"),
        ("/usr/local/opt", "postgresql@*"),
    ];

    public string PathOf(string program) => Path.Combine(Folder, program);

    /// <summary>The newest that is complete and new enough, or null.</summary>
    public static PostgresBinaries? Find() =>
        Candidates().Distinct().Where(IsComplete).Select(Ask).OfType<PostgresBinaries>()
            .Where(found => found.Version.Major >= Oldest).MaxBy(found => found.Version);

    private static IEnumerable<string> Candidates() =>
        Shelves.Where(shelf => Directory.Exists(shelf.Parent))
            .SelectMany(shelf => Directory.EnumerateDirectories(shelf.Parent, shelf.Versions))
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat(Tool.Folders(Environment.GetEnvironmentVariable("PATH")));

    private static bool IsComplete(string folder) => Needed.All(program => File.Exists(Path.Combine(folder, program)));

    private static PostgresBinaries? Ask(string folder)
    {
        try
        {
            var answer = Tool.RunAsync([Path.Combine(folder, "postgres"), "--version"], CancellationToken.None).GetAwaiter().GetResult();
            return VersionNumber().Match(answer) is { Success: true } match ? new(folder, Version.Parse(match.Value)) : null;
        }
        catch (Exception e) when (e is ToolException or Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex VersionNumber();
}
