namespace ReleaseTasks.Journals;

/// <summary>
/// The saved values of config vars, <c>config-vars.json</c> beside the journal, readable by its owner alone (0600). The journal
/// itself keeps only their fingerprints.
/// </summary>
/// <param name="folder">The roll-out's own.</param>
/// <param name="learn">Is told every value, so that none gets into an output.</param>
internal sealed class ConfigVarVault(string folder, Action<IReadOnlyDictionary<string, string>> learn)
{
    private readonly PrivateTexts _file = new(Path.Combine(folder, "config-vars.json"));

    /// <summary>The value saved under <paramref name="name"/>; null where none was saved.</summary>
    public string? Find(string name) => Load().GetValueOrDefault(name);

    /// <summary>All that was saved.</summary>
    public IReadOnlyDictionary<string, string> Load()
    {
        var values = _file.Read();
        learn(values);
        return values;
    }

    public void Save(IReadOnlyDictionary<string, string> values)
    {
        learn(values);
        _file.Add(values);
    }

    /// <summary>Adds the values whose names aren't saved yet: the first value found is the one to go back to.</summary>
    public void SaveMissing(IReadOnlyDictionary<string, string> values)
    {
        var saved = Load();
        Save(values.Where(value => !saved.ContainsKey(value.Key)).ToDictionary());
    }
}
