using System.Collections.Concurrent;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The log of every app, kept in one file an app so that it outlives the sandbox.</summary>
internal sealed class AppLogs(string directory, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, AppLog> _logs = new();

    /// <summary>Every app that has a log, one of an earlier sandbox included.</summary>
    public IEnumerable<string> Apps => _logs.Keys.Union(SavedApps);

    private IEnumerable<string> SavedApps =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.log").Select(file => Path.GetFileNameWithoutExtension(file)) : [];

    /// <summary>A line for each line of <paramref name="text"/>; Heroku splits those of more than 10,000 bytes.</summary>
    public void Write(string app, string source, string process, string text) => Of(app).Write(source, process, text);

    public AppLog Of(string app) => _logs.GetOrAdd(app, name => new AppLog(Path.Combine(directory, $"{name}.log"), clock));

    public void Dispose()
    {
        foreach (var log in _logs.Values)
        {
            log.Dispose();
        }
    }
}
