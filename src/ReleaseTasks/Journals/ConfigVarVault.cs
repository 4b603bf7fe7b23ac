using System.Text.Json;

namespace ReleaseTasks.Journals;

/// <summary>
/// The saved values of config vars, <c>config-vars.json</c> beside the journal, readable by its owner alone (0600). The journal
/// itself keeps only their fingerprints.
/// </summary>
/// <param name="folder">The roll-out's own.</param>
/// <param name="learn">Is told every value, so that none gets into an output.</param>
internal sealed class ConfigVarVault(string folder, Action<IEnumerable<string?>> learn)
{
    private readonly string _path = Path.Combine(folder, "config-vars.json");

    /// <summary>The value saved under <paramref name="name"/>; null where none was saved.</summary>
    public string? Find(string name) => Load().GetValueOrDefault(name);

    /// <summary>Adds values to the file, which is whole at every moment: the old one or the new one.</summary>
    public void Save(IReadOnlyDictionary<string, string> values)
    {
        learn(values.Values);
        var all = Load();
        foreach (var (name, value) in values)
        {
            all[name] = value;
        }

        var next = _path + ".next";
        using (var file = new FileStream(next, OwnerOnly()))
        {
            JsonSerializer.Serialize(file, all);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }

    /// <summary>Adds the values whose names aren't saved yet: the first value found is the one to go back to.</summary>
    public void SaveMissing(IReadOnlyDictionary<string, string> values)
    {
        var saved = Load();
        Save(values.Where(value => !saved.ContainsKey(value.Key)).ToDictionary());
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private SortedDictionary<string, string> Load()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        using var file = File.OpenRead(_path);
        var values = JsonSerializer.Deserialize<SortedDictionary<string, string>>(file) ?? [];
        learn(values.Values);
        return values;
    }
}
