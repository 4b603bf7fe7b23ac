using System.Diagnostics;

namespace ReleaseTasks.Sandbox.Processes;

/// <summary>
/// Starts every process of the sandbox in a session of its own. Ctrl-C reaches all that a terminal has in front, and it is meant for the
/// sandbox: a base backup that is hit beside it would pass for a database that Heroku gave up.
/// </summary>
internal static class OwnSession
{
    // setsid is util-linux's or BusyBox's; macOS has none, but Perl with the call.
    private static readonly Lazy<string[]> Leader = new(() =>
        Tool.Find("setsid") is { } setsid ? [setsid]
        : Tool.Find("perl") is { } perl ? [perl, "-MPOSIX=setsid", "-e", "setsid; exec { $ARGV[0] } @ARGV or die qq($ARGV[0]: $!\n)", "--"]
        : []);

    /// <summary>The process is the program's own: what makes the session becomes it.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        if (OperatingSystem.IsWindows())
        {
            start.CreateNewProcessGroup = true;
        }
        else if (Leader.Value is [var leader, .. var options] && PathOf(start.FileName) is { } program)
        {
            string[] arguments = [.. options, program, .. start.ArgumentList];
            start.FileName = leader;
            start.ArgumentList.Clear();
            Array.ForEach(arguments, start.ArgumentList.Add);
        }

        return Process.Start(start)!;
    }

    // By our PATH, as Process.Start does, and not by the process's own.
    private static string? PathOf(string program) => Path.IsPathRooted(program) ? program : Tool.Find(program);
}
