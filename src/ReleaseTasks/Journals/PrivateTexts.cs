using System.Text.Json;

namespace ReleaseTasks.Journals;

/// <summary>A small file of texts by name, readable by its owner alone.</summary>
internal sealed class PrivateTexts(string path)
{
    /// <summary>None where there is no file.</summary>
    public SortedDictionary<string, string> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = PrivateFile.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return JsonSerializer.Deserialize<SortedDictionary<string, string>>(file) ?? [];
    }

    /// <summary>Adds texts to the file, which is whole at every moment: the old one or the new one.</summary>
    public void Add(IReadOnlyDictionary<string, string> texts)
    {
        var all = Read();
        foreach (var (name, text) in texts)
        {
            all[name] = text;
        }

        var next = path + ".next";
        using (var file = PrivateFile.Open(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, all);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
