using System.Collections.Concurrent;
using System.Text;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The output of builds and release phases, readable while it's written and kept in a file each.</summary>
internal sealed class OutputStreams(string directory)
{
    private readonly ConcurrentDictionary<Guid, OutputStream> _open = new();

    public static string PathOf(Guid id) => $"streams/{id}";

    public OutputStream Create(Guid id)
    {
        Directory.CreateDirectory(directory);
        return _open[id] = new OutputStream(FileOf(id));
    }

    /// <summary>A stream, finished or not; null where none was ever begun.</summary>
    public OutputStream? Find(Guid id) =>
        _open.TryGetValue(id, out var stream) ? stream
        : File.Exists(FileOf(id)) ? OutputStream.Finished(File.ReadAllText(FileOf(id)))
        : null;

    private string FileOf(Guid id) => Path.Combine(directory, $"{id}.txt");
}

/// <summary>Text that grows until it's finished.</summary>
internal sealed class OutputStream(string? file)
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _changed = NewSignal();
    private bool _finished;

    public static OutputStream Finished(string text)
    {
        var stream = new OutputStream(file: null);
        stream._text.Append(text);
        stream._finished = true;
        return stream;
    }

    public void WriteLine(string line) => Change(() =>
    {
        _text.Append(line).Append('\n');
        if (file is not null)
        {
            File.AppendAllText(file, line + "\n");
        }
    });

    public void Finish() => Change(() => _finished = true);

    /// <summary>Hands on the text from an offset, as it comes, until it's finished.</summary>
    public async Task CopyAsync(int offset, Func<string, Task> to, CancellationToken ct)
    {
        while (true)
        {
            var (text, finished, changed) = From(offset);
            if (text.Length > 0)
            {
                await to(text);
                offset += text.Length;
            }
            else if (finished)
            {
                return;
            }
            else
            {
                await changed.WaitAsync(ct);
            }
        }
    }

    private (string Text, bool Finished, Task Changed) From(int offset)
    {
        lock (_lock)
        {
            return (offset < _text.Length ? _text.ToString(offset, _text.Length - offset) : "", _finished, _changed.Task);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
