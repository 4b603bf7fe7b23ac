using System.Diagnostics;
using System.Globalization;
using ReleaseTasks.Tasks;

namespace Build;

/// <summary>Lets a signal end the programs that a task waits for: test hosts and what they started don't hear it, or not in time.</summary>
internal static class Stoppable
{
    /// <summary>From now until disposed, Ctrl-C, SIGTERM or SIGHUP kills this process's children with all of theirs.</summary>
    /// <exception cref="OperationCanceledException">It has come already.</exception>
    public static IDisposable KillChildrenWhenStopped(this ReleaseContext context)
    {
        context.Stopping.ThrowIfCancellationRequested();
        return context.Stopping.Register(KillChildren);
    }

    private static void KillChildren()
    {
        foreach (var id in Children())
        {
            try
            {
                using var child = Process.GetProcessById(id);
                child.Kill(entireProcessTree: true);
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }
    }

    private static List<int> Children() => Directory.Exists("/proc/self")
        ? [.. Process.GetProcesses().Select(process => process.Id).Where(IsChild)]
        : [.. AskPgrep().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    // Behind the name, which may hold anything, stand the state and the parent.
    private static bool IsChild(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ')[2] == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string AskPgrep()
    {
        using var pgrep = Process.Start(new ProcessStartInfo("pgrep", ["-P", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!;
        return pgrep.StandardOutput.ReadToEnd();
    }
}
