using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Redaction;

/// <summary>Which texts give away what a config var holds: its value and, of one with an inner form, what is secret in it.</summary>
internal static partial class SecretParts
{
    private static readonly char[] Separators = [',', ';', '&'];
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>None for a value that is ordinary, unless the config var's name says that it is a secret.</summary>
    public static IEnumerable<ConfigVar> Of(ConfigVar held, OrdinaryText ordinary)
    {
        if (held.Value.Length < HeldValues.Shortest)
        {
            return [];
        }

        var isOrdinary = !held.IsSecret && (ordinary.Is(held.Value) || held.IsCommit);
        ConfigVar[] whole = isOrdinary ? [] : [held];
        return [.. whole, .. Accounts(held, ordinary), .. Inner(held).SelectMany(part => Of(part, ordinary))];
    }

    /// <summary>
    /// Of an address the password, and the account where its name was made up by a machine. A password that repeats what stands beside it
    /// hides nothing.
    /// </summary>
    private static IEnumerable<ConfigVar> Accounts(ConfigVar held, OrdinaryText ordinary)
    {
        foreach (var address in held.Addresses)
        {
            var (user, password) = (address.Groups["user"].Value, address.Groups["password"].Value);
            string[] secrets = [.. ordinary.Is(user) ? (string[])[] : [user], .. IsDefault(password, address) ? (string[])[] : [password]];
            foreach (var secret in secrets)
            {
                yield return new("PASSWORD", secret);
                yield return new("PASSWORD", Uri.UnescapeDataString(secret));
            }
        }
    }

    private static bool IsDefault(string password, Match address) =>
        password == "password"
        || password == address.Groups["scheme"].Value
        || password == address.Groups["user"].Value
        || address.Groups["rest"].Value.Contains(password, StringComparison.Ordinal);

    /// <summary>Of a list each item is like the whole; a word of a secret phrase is a word.</summary>
    private static IEnumerable<ConfigVar> Inner(ConfigVar held) =>
        held.Value[0] is '{' or '[' && Parse(held.Value) is { } json ? Leaves(held.Name, json)
        : Split(held.Value, Separators) is { Length: > 1 } items ? items.Select(item => Named(held.Name, item))
        : Split(held.Value, Blanks) is { Length: > 1 } words ? words.Select(word => Named("", word))
        : [];

    private static string[] Split(string value, char[] separators) =>
        value.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ConfigVar Named(string name, string piece) =>
        Assigned().Match(piece) is { Success: true } assigned
            ? new(assigned.Groups["name"].Value, assigned.Groups["value"].Value)
            : new(name, piece);

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

    private static IEnumerable<ConfigVar> Leaves(string name, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => Leaves(property.Name, property.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(item => Leaves(name, item)),
        JsonValueKind.String => [new(name, json.GetString()!)],
        _ => [],
    };

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9_ -]{0,60})=(?<value>.+)\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();
}
