using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>The names by which headings and field labels are known, with what people write instead of the template's own.</summary>
internal static partial class PlanLabels
{
    /// <summary>What a heading or label opens: a part, or one of the two sections that hold parts.</summary>
    public enum Opens
    {
        Nothing,
        Solution,
        RollOut,
        Part,
    }

    private static readonly Dictionary<string, PlanPart> Parts = new(StringComparer.Ordinal)
    {
        ["original issue and supporting materials"] = PlanPart.OriginalIssue,
        ["original issue and supporting material"] = PlanPart.OriginalIssue,
        ["original issue"] = PlanPart.OriginalIssue,
        ["original issues"] = PlanPart.OriginalIssue,
        ["downsides"] = PlanPart.Downsides,
        ["downside"] = PlanPart.Downsides,
        ["deployment risks"] = PlanPart.Risks,
        ["deployment risk"] = PlanPart.Risks,
        ["risks"] = PlanPart.Risks,
        ["deployment assistants"] = PlanPart.Assistants,
        ["deployment assistant"] = PlanPart.Assistants,
        ["assistants"] = PlanPart.Assistants,
        ["backing services related changes"] = PlanPart.BackingServices,
        ["backing services changes"] = PlanPart.BackingServices,
        ["backing services"] = PlanPart.BackingServices,
        ["backuping steps"] = PlanPart.Backup,
        ["backup steps"] = PlanPart.Backup,
        ["backing up steps"] = PlanPart.Backup,
        ["backups"] = PlanPart.Backup,
        ["deployment steps"] = PlanPart.Deployment,
        ["deploy steps"] = PlanPart.Deployment,
        ["deployment"] = PlanPart.Deployment,
        ["verification plan"] = PlanPart.Verification,
        ["verification steps"] = PlanPart.Verification,
        ["verification"] = PlanPart.Verification,
        ["rollback strategy"] = PlanPart.Rollback,
        ["rollback plan"] = PlanPart.Rollback,
        ["rollback steps"] = PlanPart.Rollback,
        ["rollback"] = PlanPart.Rollback,
    };

    /// <summary>The label as the template writes it.</summary>
    public static string Of(PlanPart part) => part switch
    {
        PlanPart.OriginalIssue => "Original issue and supporting materials",
        PlanPart.Downsides => "Downsides",
        PlanPart.Risks => "Deployment risks",
        PlanPart.Assistants => "Deployment assistants",
        PlanPart.BackingServices => "Backing services related changes",
        PlanPart.Backup => "Backuping steps",
        PlanPart.Deployment => "Deployment steps",
        PlanPart.Verification => "Verification plan",
        _ => "Rollback strategy",
    };

    public static bool HoldsSteps(PlanPart part) => part >= PlanPart.Backup;

    /// <summary>What a heading of this text opens.</summary>
    public static (Opens Opens, PlanPart Part) Heading(string text)
    {
        var name = Normal(text);
        return name switch
        {
            "solution" => (Opens.Solution, default),
            "rollout plan" or "rollout" or "deployment plan" => (Opens.RollOut, default),
            _ when Parts.TryGetValue(name, out var part) => (Opens.Part, part),
            _ => (Opens.Nothing, default),
        };
    }

    /// <summary>
    /// The label at the start of a line, if there is one, and where the text after it begins: <c>**Downsides**: …</c>, <c>**Downsides:** …</c>,
    /// <c>Downsides: …</c>, or a line that is nothing but <c>**Downsides**</c>.
    /// </summary>
    public static (PlanPart Part, int Length)? AtStartOf(string line, bool boldOnly = false)
    {
        if (!MayStart(line))
        {
            return null;
        }

        var match = line.Length > 0 && line[0] is '*' or '_' ? BoldLabel().Match(line) : boldOnly ? Match.Empty : PlainLabel().Match(line);
        return match.Success && Parts.TryGetValue(Normal(match.Groups["name"].Value), out var part) ? (part, match.Length) : null;
    }

    /// <summary>Whether it's worth a closer look: most lines aren't.</summary>
    public static bool MayStart(ReadOnlySpan<char> line) => line.StartsWith("**") || line.StartsWith("__") || (line.Length > 0 && char.IsAsciiLetter(line[0]) && line[..Math.Min(line.Length, 60)].Contains(':'));

    private static string Normal(string text)
    {
        // An emoji's variation selector is a mark that belongs to no letter.
        var words = NotLetters().Replace(text.ToLowerInvariant().Replace("\uFE0F", "", StringComparison.Ordinal).Replace("roll-out", "rollout", StringComparison.Ordinal).Replace("roll out", "rollout", StringComparison.Ordinal), " ").Trim();
        return words.Replace("roll back", "rollback", StringComparison.Ordinal).Replace("back up", "backup", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}]+")]
    private static partial Regex NotLetters();

    [GeneratedRegex(@"^(\*\*|__)(?<name>[^*_:]{1,60}?)\s*(:\s*\1|\1\s*:|\1\s*$)[ \t]*")]
    private static partial Regex BoldLabel();

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z -]{4,50}):(?!\S*//)[ \t]*")]
    private static partial Regex PlainLabel();
}
