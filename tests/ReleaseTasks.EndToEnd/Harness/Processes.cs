namespace ReleaseTasks.EndToEnd;

/// <summary>The processes of this machine, by what they were started with. Linux tells that.</summary>
internal static class Processes
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.005);

    /// <summary>The ids of those that have such a word in their command line.</summary>
    public static IReadOnlyList<string> With(string word) => !Directory.Exists("/proc/self") ? [] :
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).OfType<string>()
            .Where(id => id.All(char.IsAsciiDigit) && CommandLineOf(id).Contains(word, StringComparison.Ordinal)),
    ];

    /// <summary>Waits for one.</summary>
    public static Task RunningAsync(string word) => WaitAsync(() => With(word).Count > 0, $"No process with {word} has come up.");

    /// <summary>Waits until there is none any more.</summary>
    public static Task GoneAsync(string word, TimeSpan within) => WaitAsync(() => With(word).Count == 0, $"There are still processes with {word}.", within);

    private static async Task WaitAsync(Func<bool> condition, string complaint, TimeSpan? within = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.That(TimeProvider.System.GetElapsedTime(began), Is.LessThan(within ?? Patience), complaint);
            await Task.Delay(Moment, TimeProvider.System);
        }
    }

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
