using System.Text.Json;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>A stand-in's world as one JSON file: whole or not at all, so that a power cut leaves the last saved state.</summary>
internal sealed class StateFile<T>(string path)
    where T : class, new()
{
    /// <summary>The saved world, or a new one where none was saved.</summary>
    /// <exception cref="InvalidDataException">The file isn't ours or was damaged by hand.</exception>
    public T Load()
    {
        if (!File.Exists(path))
        {
            return new T();
        }

        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(file, StateFormat.Indented) ?? throw new JsonException("It holds null.");
        }
        catch (JsonException e)
        {
            throw StateFormat.Unreadable(path, e);
        }
    }

    public void Save(T world)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = path + ".next";
        using (var file = File.Create(next))
        {
            JsonSerializer.Serialize(file, world, StateFormat.Indented);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
