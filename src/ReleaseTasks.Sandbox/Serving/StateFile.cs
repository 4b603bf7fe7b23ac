using System.Text.Json;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>A stand-in's world as one JSON file: whole or not at all, so that a power cut leaves the last saved state.</summary>
internal sealed class StateFile<T>(string path)
    where T : class, new()
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

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
            return JsonSerializer.Deserialize<T>(file, Format) ?? throw new JsonException("the file holds null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} can't be read: {e.Message}. Run --target=SandboxReset to start the sandbox's world anew.", e);
        }
    }

    public void Save(T world)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var next = path + ".next";
        using (var file = File.Create(next))
        {
            JsonSerializer.Serialize(file, world, Format);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
