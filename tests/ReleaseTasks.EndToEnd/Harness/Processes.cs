namespace ReleaseTasks.EndToEnd;

/// <summary>The processes of this machine, by what they were started with. Linux tells that.</summary>
internal static class Processes
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.005);

    /// <summary>The ids of those that have such a word in their command line.</summary>
    public static IReadOnlyList<string> With(string word) => [.. Where(line => line.Contains(word, StringComparison.Ordinal))];

    /// <summary>Waits for one of a program with such a word among its arguments.</summary>
    public static async Task RunningAsync(string program, string word)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!Where(line => Path.GetFileName(line.Split('\0')[0]) == program && line.Contains(word, StringComparison.Ordinal)).Any())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(Patience), $"No {program} with {word} has come up.");
            await Task.Delay(Moment, TimeProvider.System);
        }
    }

    private static IEnumerable<string> Where(Predicate<string> commandLine) => !Directory.Exists("/proc/self") ? [] :
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).OfType<string>()
            .Where(id => id.All(char.IsAsciiDigit) && commandLine(CommandLineOf(id)));

    private static string CommandLineOf(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return ""; // it has ended
        }
    }
}
