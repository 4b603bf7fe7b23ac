using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>The config vars that a roll-out changed, as it found them. What wasn't set is known from the journal, never from a missing value.</summary>
internal sealed class ConfigVarOriginals(RunState state, ConfigVarVault vault)
{
    /// <summary>Name to the hash found first; null where it wasn't set.</summary>
    private readonly Dictionary<string, string?> _hashes = state.Steps
        .Where(step => step.Name.StartsWith("config-", StringComparison.Ordinal))
        .SelectMany(step => step.BeforeAs<ChangeConfigVars.Before>().Hashes)
        .DistinctBy(found => found.Key)
        .ToDictionary();

    public IReadOnlyCollection<string> Names => _hashes.Keys;

    /// <summary>What to put back; null to unset.</summary>
    /// <exception cref="InvalidOperationException">A value was set and its saved copy is lost: unsetting it would be a guess.</exception>
    public IReadOnlyDictionary<string, string?> Values() => _hashes.ToDictionary(found => found.Key, found => found.Value is null ? null : Saved(found.Key, found.Value));

    private string Saved(string name, string hash) =>
        vault.Find(name) is { } value && ConfigVarVault.HashOf(value) == hash
            ? value
            : throw new InvalidOperationException(
                $"the value of {name} that was found is not in config-vars.json. It is one of the config vars of the release that was current then; put the file beside the journal, or set {name} by hand.");
}
