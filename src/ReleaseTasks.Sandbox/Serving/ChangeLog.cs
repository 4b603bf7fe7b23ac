using System.Text.Json;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>What has changed since a world was saved whole: one JSON line each, appended. A killed process leaves its last line unfinished, or not begun.</summary>
internal sealed class ChangeLog<T>(string path) : IDisposable
    where T : class
{
    private FileStream? _file;

    /// <summary>In bytes.</summary>
    public long Length => _file?.Length ?? (File.Exists(path) ? new FileInfo(path).Length : 0);

    /// <summary>All finished lines. An unfinished one was never answered: it's dropped.</summary>
    /// <exception cref="InvalidDataException">A line isn't ours or was damaged by hand.</exception>
    public IReadOnlyList<T> Read()
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path).AsSpan() : [];
        var changes = new List<T>();
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            changes.Add(Read(bytes[..end], changes.Count + 1));
        }

        if (bytes.Length > 0)
        {
            using var file = File.OpenWrite(path);
            file.SetLength(file.Length - bytes.Length);
        }

        return changes;
    }

    public void Append(T change)
    {
        _file ??= new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _file.Write([.. JsonSerializer.SerializeToUtf8Bytes(change, StateFormat.Line), (byte)'\n']);
    }

    /// <summary>Begins anew, once the world was saved whole.</summary>
    public void Clear()
    {
        Dispose();
        File.Delete(path);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private T Read(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, StateFormat.Line) ?? throw new JsonException("It holds null.");
        }
        catch (JsonException e)
        {
            throw StateFormat.Unreadable($"{path}, line {number}", e);
        }
    }
}
