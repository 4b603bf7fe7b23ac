using System.Globalization;

namespace ReleaseTasks.EndToEnd;

/// <summary>The processes of this machine. Linux tells of them; elsewhere there seem to be none.</summary>
internal static class Processes
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.005);

    public static IReadOnlyList<RunningProcess> All => !Directory.Exists("/proc/self") ? [] :
        [.. Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder[^1])).Select(RunningProcess.Read).OfType<RunningProcess>()];

    /// <summary>What a process has started, and what that has.</summary>
    public static IReadOnlyList<RunningProcess> Below(int id)
    {
        var children = All.ToLookup(process => process.Parent);
        return [.. Descend(id)];

        IEnumerable<RunningProcess> Descend(int parent) => children[parent].SelectMany(child => Descend(child.Id).Prepend(child));
    }

    /// <summary>Waits for one.</summary>
    public static async Task RunningAsync(Predicate<RunningProcess> wanted, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!All.Any(process => wanted(process)))
        {
            Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(Patience), $"{what} hasn't come up.");
            await Task.Delay(Moment, TimeProvider.System);
        }
    }
}

/// <param name="Since">When it was started, in the kernel's own count: an id alone is another process's one day.</param>
/// <param name="CommandLine">Its program and arguments, a NUL behind each.</param>
internal sealed record RunningProcess(int Id, int Parent, string Since, string CommandLine)
{
    public string Program => Path.GetFileName(CommandLine.Split('\0')[0]);

    public bool IsAlive => Read($"/proc/{Id}")?.Since == Since;

    /// <summary>Null for one that has ended, though nobody may have asked for its exit status yet.</summary>
    public static RunningProcess? Read(string folder)
    {
        try
        {
            // Behind the name, which may hold anything: the state, the parent, and seventeen fields later the start.
            var facts = File.ReadAllText(Path.Combine(folder, "stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return facts[0] is "Z" or "X" ? null
                : new(Number(Path.GetFileName(folder)), Number(facts[1]), facts[19], File.ReadAllText(Path.Combine(folder, "cmdline")));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public override string ToString() => $"{Id} {CommandLine.Replace('\0', ' ')}";

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
