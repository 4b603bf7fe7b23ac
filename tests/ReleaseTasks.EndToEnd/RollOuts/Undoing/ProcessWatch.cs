namespace ReleaseTasks.EndToEnd.RollOuts.Undoing;

/// <summary>Looks at the arguments of every process of the machine, again and again, for words that must not be there.</summary>
internal sealed class ProcessWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _enough = new();
    private readonly HashSet<string> _found = [];
    private readonly Task _watching;

    public ProcessWatch(IReadOnlyList<string> words) => _watching = Task.Run(() => WatchAsync(words));

    /// <summary>How often it has looked.</summary>
    public int Looks { get; private set; }

    /// <summary>Waits until it has looked so often from now on.</summary>
    public async Task LookedAsync(int times)
    {
        // One look may be under way.
        for (var enough = Looks + times + 1; Looks < enough && !_watching.IsCompleted;)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.005), TimeProvider.System);
        }
    }

    /// <summary>Ends watching.</summary>
    /// <returns>The arguments that had such a word.</returns>
    public async Task<IReadOnlyCollection<string>> FoundAsync()
    {
        await _enough.CancelAsync();
        await _watching;
        return _found;
    }

    public async ValueTask DisposeAsync()
    {
        await FoundAsync();
        _enough.Dispose();
    }

    private async Task WatchAsync(IReadOnlyList<string> words)
    {
        while (!_enough.IsCancellationRequested)
        {
            foreach (var arguments in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder[^1])).Select(ArgumentsOf))
            {
                if (words.Any(word => arguments.Contains(word, StringComparison.Ordinal)))
                {
                    _found.Add(arguments.Replace('\0', ' '));
                }
            }

            Looks++;
            await Task.Delay(TimeSpan.FromSeconds(0.005), TimeProvider.System);
        }
    }

    private static string ArgumentsOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended
        }
    }
}
