using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Redaction;

/// <summary>Which texts give away what a config var holds: its value and, of one with an inner form, what is secret in it.</summary>
internal static partial class SecretParts
{
    private static readonly char[] Separators = [',', ';', '&', ' ', '\t', '\r', '\n'];

    /// <summary>None for a value that is ordinary, unless the config var's name says that it is a secret.</summary>
    public static IEnumerable<string> Of(string name, string value, OrdinaryText ordinary)
    {
        if (value.Length < HeldValues.Shortest || IsCommit(name, value))
        {
            return [];
        }

        var isSecret = IsSecret(name, value);
        return [.. isSecret || !ordinary.Is(value) ? [value] : (string[])[], .. Credentials(value, ordinary), .. Inner(name, value, ordinary)];
    }

    /// <summary>Whether nobody may know the value, whatever it looks like.</summary>
    public static bool IsSecret(string name, string value) => SecretName().IsMatch(name) || Address().IsMatch(value);

    /// <summary>The name of the code that runs is in every report, as it should be.</summary>
    private static bool IsCommit(string name, string value) => CommitName().IsMatch(name) && Commit().IsMatch(value);

    /// <summary>Of an address the password, and the account where its name was made up by a machine. A password that repeats what stands beside it hides nothing.</summary>
    private static IEnumerable<string> Credentials(string value, OrdinaryText ordinary)
    {
        foreach (Match address in Address().Matches(value))
        {
            var (user, password) = (address.Groups["user"].Value, address.Groups["password"].Value);
            string[] secrets = [.. ordinary.Is(user) ? [] : (string[])[user], .. IsDefault(password, address) ? [] : (string[])[password]];
            foreach (var secret in secrets)
            {
                yield return secret;
                yield return Uri.UnescapeDataString(secret);
            }
        }
    }

    private static bool IsDefault(string password, Match address) =>
        password == address.Groups["scheme"].Value || password == address.Groups["user"].Value || password == "password" || address.Groups["rest"].Value.Contains(password, StringComparison.Ordinal);

    private static IEnumerable<string> Inner(string name, string value, OrdinaryText ordinary) => value[0] is '{' or '[' && Parse(value) is { } json
        ? Leaves(name, json).SelectMany(leaf => Of(leaf.Name, leaf.Value, ordinary))
        : value.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 1 } pieces
            ? pieces.Select(piece => Assigned().Match(piece)).SelectMany(piece => Of(piece.Groups["name"].Success ? piece.Groups["name"].Value : "", piece.Groups["value"].Value, ordinary))
            : [];

    private static JsonElement? Parse(string value)
    {
        try
        {
            return JsonElement.Parse(value);
        }
        catch (JsonException)
        {
            return null; // it only looked like JSON
        }
    }

    private static IEnumerable<(string Name, string Value)> Leaves(string name, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Leaves(property.Name, property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(item => Leaves(name, item)),
        JsonValueKind.String => [(name, json.GetString()!)],
        _ => [],
    };

    [GeneratedRegex(@"KEY|PASS|PWD|SECRET|TOKEN|DSN|CREDENTIAL|PRIVATE|SIGNING|SIGNATURE|WEBHOOK|(^|_)(AUTH|CREDS?|SALT|PEPPER|PIN|JWT)(_|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]{0,30})://(?<user>[^\s:@/]{0,500}):(?<password>[^\s/]{1,1000})@(?<rest>\S{0,500})", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex("COMMIT|REVISION|VERSION|RELEASE|(^|_)(SHA|REV)(_|\\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CommitName();

    [GeneratedRegex("^([0-9a-f]{7,40}|v?[0-9]+(\\.[0-9]+)*)\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Commit();

    [GeneratedRegex(@"^((?<name>[A-Za-z][A-Za-z0-9_ -]{0,60})=)?(?<value>.*)\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();
}
