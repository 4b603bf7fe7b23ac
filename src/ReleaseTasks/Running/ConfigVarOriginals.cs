using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// The config vars that a roll-out changed, or saved for its plan to put back, as it found them. What wasn't set is known from the journal,
/// never from a missing value.
/// </summary>
internal sealed class ConfigVarOriginals(RunState state, ConfigVarVault vault, Fingerprint fingerprint)
{
    /// <summary>Name to the hash found first; null where it wasn't set.</summary>
    private readonly Dictionary<string, string?> _hashes =
        state.Steps.SelectMany(Found).Concat(KeyIn(vault, fingerprint)).DistinctBy(found => found.Key).ToDictionary();

    /// <summary>Those that the roll-out's own steps changed.</summary>
    public IEnumerable<string> Changed => state.Steps.Where(IsChange).SelectMany(step => step.BeforeAs<ChangeConfigVars.Before>().Hashes.Keys).Distinct();

    public static bool IsChange(StepRecord step) => step.Name.StartsWith("config-", StringComparison.Ordinal);

    /// <summary>Whether the roll-out has a value of it to go back to, or knows that it wasn't set.</summary>
    public bool Has(string name) => _hashes.ContainsKey(name);

    /// <summary>Null where it wasn't set.</summary>
    public string? HashOf(string name) => _hashes[name];

    /// <summary>Those whose saved value is lost, with the machine that saved it.</summary>
    public IEnumerable<string> Lost(IEnumerable<string> names) => names.Where(name => _hashes[name] is not null && (vault.Find(name) is not { } value || !IsOriginal(name, value)));

    public bool IsOriginal(string name, string value) => fingerprint.Of(value) == _hashes[name];

    /// <summary>What to put back; null to unset.</summary>
    /// <exception cref="InvalidOperationException">A value was set and its saved copy is lost: unsetting it would be a guess.</exception>
    public IReadOnlyDictionary<string, string?> Values(IEnumerable<string> names) => names.ToDictionary(name => name, name => _hashes[name] is null ? null : Saved(name));

    private static IEnumerable<KeyValuePair<string, string?>> Found(StepRecord step) => step switch
    {
        _ when IsChange(step) => step.BeforeAs<ChangeConfigVars.Before>().Hashes,
        { Name: var name, IsFinished: true } when name.StartsWith(BackUpConfigVar.Prefix, StringComparison.Ordinal) =>
            [new(name[BackUpConfigVar.Prefix.Length..], step.BeforeAs<BackUpConfigVar.Before>().Hash)],
        _ => [],
    };

    /// <summary>The key of journals, which a rollback to a release from before it was made would take away.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> KeyIn(ConfigVarVault vault, Fingerprint fingerprint) =>
        vault.Find(JournalKey.ConfigVar) is { } key ? [new(JournalKey.ConfigVar, fingerprint.Of(key))] : [];

    private string Saved(string name) =>
        vault.Find(name) is { } value && IsOriginal(name, value)
            ? value
            : throw new InvalidOperationException(
                $"the value of {name} that was found is not in config-vars.json, nor among the config vars of the release that was current then. Put the file beside the journal, or set {name} by hand.");
}
