using System.Text.RegularExpressions;

namespace ReleaseTasks.Redaction;

/// <summary>A config var that the app has or had, a part of one, or what else is held under a name.</summary>
internal sealed partial record ConfigVar(string Name, string Value)
{
    /// <summary>Whether nobody may know the value, whatever it looks like.</summary>
    public bool IsSecret => SecretName().IsMatch(Name) || Address().IsMatch(Value);

    /// <summary>The name of the code that runs is in every report, as it should be.</summary>
    public bool IsCommit => CommitName().IsMatch(Name) && Commit().IsMatch(Value);

    /// <summary>The addresses in it that have an account.</summary>
    public IEnumerable<Match> Addresses => Address().Matches(Value);

    /// <summary>Without the value.</summary>
    public override string ToString() => Name;

    [GeneratedRegex(
        @"KEY|PASS|PWD|SECRET|TOKEN|DSN|CREDENTIAL|PRIVATE|SIGNING|SIGNATURE|WEBHOOK|(^|_)(AUTH|CREDS?|SALT|PEPPER|PIN|JWT)(_|\z)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex(
        @"(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]{0,30})://(?<user>[^\s:@/]{0,500}):(?<password>[^\s/]{1,1000})@(?<rest>\S{0,500})",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"COMMIT|REVISION|VERSION|RELEASE|(^|_)(SHA|REV)(_|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CommitName();

    [GeneratedRegex(@"^([0-9a-f]{7,40}|v?[0-9]+(\.[0-9]+)*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();
}
