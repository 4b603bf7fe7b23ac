using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>
/// Finds what somebody else changed since this roll-out: undoing it would undo their work too. Each answer is a sentence with both values,
/// config vars by the fingerprint of theirs.
/// </summary>
/// <param name="ours">The slugs that were built for this roll-out.</param>
internal sealed class Strangers(AppState found, Footprint footprint, ConfigVarOriginals originals, UndoDecision decision, IReadOnlyList<HerokuId<Slug>> ours)
{
    public IEnumerable<string> Maintenance(AppState now) => footprint.Maintenance.Contains(now.Maintenance)
        ? []
        : [$"maintenance: this roll-out left it {(now.Maintenance ? "off" : "on")}, now it is {(now.Maintenance ? "on" : "off")}"];

    /// <param name="stopped">Whether the rollback itself stops these process types.</param>
    public IEnumerable<string> Formation(AppState now, IEnumerable<string> types, bool stopped = false) => types
        .Select(type => (Type: type, Left: footprint.Quantity(type), Now: now.Formation.GetValueOrDefault(type)))
        .Where(scaled => !scaled.Left.Contains(scaled.Now) && !(stopped && scaled.Now == 0))
        .Select(scaled => $"formation: this roll-out left {scaled.Type}={string.Join(" or ", scaled.Left)}, now it is {scaled.Type}={scaled.Now}");

    public IEnumerable<string> Primary(AppState now, string promoted) =>
        footprint.Primary.Contains(now.Primary) || now.Primary == promoted
            ? []
            : [$"DATABASE: this roll-out left {string.Join(" or ", footprint.Primary.Select(primary => primary ?? "none"))}, now it is " +
                $"{now.Primary ?? "missing"}"];

    /// <summary>Of those that were found, the primary aside. A roll-out changes none of them.</summary>
    public IEnumerable<string> Attachments(AppState now) =>
        from attachment in found.Attachments
        let addon = now.Attachments.GetValueOrDefault(attachment.Key)
        where attachment.Key != AppState.PrimaryName && addon != attachment.Value
        select $"attachment {attachment.Key}: this roll-out found it {attachment.Value}, now it is {addon ?? "gone"}";

    public IEnumerable<string> Code(AppState now) => now.Release.Slug is { } slug && slug != found.Release.Slug && !ours.Contains(slug)
        ? [$"code: somebody else's is current, v{now.Release.Version} ({now.Release.Description}); this roll-out went from v{found.Release.Version} ({found.Release.Description}) to its own"]
        : [];

    /// <summary>Another release, or config vars that going back to the old release would take away with it.</summary>
    public IEnumerable<string> Release(AppState now) => [.. Code(now), .. ConfigVarsGoingWithTheRelease(now)];

    /// <summary>Everything that isn't as the roll-out found or left it.</summary>
    public IEnumerable<string> All(AppState now) =>
    [
        .. Code(now),
        .. Primary(now, ""),
        .. Attachments(now),
        .. Maintenance(now),
        .. Formation(now, found.Formation.Keys.Union(now.Formation.Keys)),
        .. AllConfigVars(now),
    ];

    private IEnumerable<string> AllConfigVars(AppState now) =>
        from name in found.ConfigVars.Keys.Union(now.ConfigVars.Keys).Except(found.AttachedVars).Except(now.AttachedVars)
            .Order(StringComparer.Ordinal)
        let left = footprint.ConfigVar(name)
        let value = now.ConfigVars.GetValueOrDefault(name)
        where !left.Contains(value)
        select $"config var {name}: this roll-out left it {string.Join(" or ", left.Select(Shown))}, now it is {Shown(value)}";

    /// <summary>Of the config vars that this roll-out set. Those that only its plan says to restore were to be changed by people.</summary>
    public IEnumerable<string> ConfigVars(AppState now) =>
        from name in originals.Changed
        let left = footprint.ConfigVar(name)
        let value = now.ConfigVars.GetValueOrDefault(name)
        where !left.Contains(value) && value != originals.HashOf(name)
        select $"config var {name}: this roll-out left it {string.Join(" or ", left.Select(Shown))}, now it is {Shown(value)}";

    private IEnumerable<string> ConfigVarsGoingWithTheRelease(AppState now)
    {
        var attached = found.AttachedVars.Concat(now.AttachedVars).ToHashSet();
        foreach (var name in found.ConfigVars.Keys.Union(now.ConfigVars.Keys).Where(name => !attached.Contains(name) && !decision.Restores.Contains(name)).Order(StringComparer.Ordinal))
        {
            if (found.ConfigVars.GetValueOrDefault(name) != now.ConfigVars.GetValueOrDefault(name))
            {
                yield return $"config var {name}: this roll-out found it {Shown(found.ConfigVars.GetValueOrDefault(name))}, now it is {Shown(now.ConfigVars.GetValueOrDefault(name))}; going back to v{found.Release.Version} would undo that";
            }
        }
    }

    private static string Shown(string? hash) => hash is null ? "not set" : $"set (fingerprint {hash})";
}
