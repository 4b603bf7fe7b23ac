using System.Runtime.CompilerServices;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>One app's log: its last lines in memory, all of them in a file.</summary>
internal sealed class AppLog : IDisposable
{
    private const int Kept = 10_000;
    private const int LongestLine = 10_000;

    private readonly string _path;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private StreamWriter? _file;
    private TaskCompletionSource _written = NewSignal();
    private long _last;

    public AppLog(string path, TimeProvider clock)
    {
        (_path, _clock) = (path, clock);
        Load();
    }

    /// <summary>The newest lines, oldest first.</summary>
    public IReadOnlyList<LogLine> Recent(int count)
    {
        lock (_lock)
        {
            return [.. _lines.Skip(_lines.Count - count)];
        }
    }

    /// <summary>The lines after one of them, oldest first.</summary>
    public IReadOnlyList<LogLine> After(long number)
    {
        lock (_lock)
        {
            return _lines.TryPeek(out var first) ? [.. _lines.Skip((int)Math.Max(0, number + 1 - first.Number))] : [];
        }
    }

    /// <summary>Every line after one of them, as it's written, until the reader has enough.</summary>
    public async IAsyncEnumerable<LogLine> FollowAsync(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var written = Volatile.Read(ref _written).Task;
            foreach (var line in After(after))
            {
                yield return line;
                after = line.Number;
            }

            await written.WaitAsync(ct);
        }
    }

    public void Write(string source, string process, string text)
    {
        TaskCompletionSource written;
        lock (_lock)
        {
            foreach (var line in Split(text))
            {
                Add(new LogLine(++_last, _clock.GetUtcNow(), source, process, line));
            }

            _file?.Flush();
            written = _written;
            Volatile.Write(ref _written, NewSignal());
        }

        written.SetResult();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Add(LogLine line)
    {
        Keep(line);
        _file ??= OpenFile();
        _file.WriteLine(line);
    }

    private void Keep(LogLine line)
    {
        _lines.Enqueue(line);
        if (_lines.Count > Kept)
        {
            _lines.Dequeue();
        }
    }

    private StreamWriter OpenFile()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        return File.AppendText(_path);
    }

    private void Load()
    {
        if (!File.Exists(_path))
        {
            return;
        }

        foreach (var text in File.ReadLines(_path))
        {
            if (LogLine.Parse(_last + 1, text) is { } line)
            {
                Keep(line);
                _last++;
            }
        }
    }

    private static IEnumerable<string> Split(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            foreach (var part in line.Length <= LongestLine ? [line] : line.Chunk(LongestLine).Select(c => new string(c)))
            {
                yield return part.TrimEnd('\r');
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
