namespace ReleaseTasks.Http;

/// <summary>Reads what leads to services from environment variables, and notes everything that is wrong with it.</summary>
internal sealed class ServiceVariables(IReadOnlyDictionary<string, string> environment)
{
    private readonly List<string> _problems = [];

    /// <summary>One line each, with the variable's name and without its value where that is a secret.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Null where it isn't set, or is blank.</summary>
    public string? Find(string name) => environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A secret that is needed.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="because">What to say where it is missing.</param>
    public string Secret(string name, string because)
    {
        if (Find(name) is { } secret)
        {
            return secret;
        }

        _problems.Add($"{name}: not set{because}");
        return "";
    }

    /// <summary>Where a token is sent to. A variable that is there must hold an address.</summary>
    public Uri Address(string name, string usual)
    {
        var text = environment.GetValueOrDefault(name, usual).Trim().TrimEnd('/');
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.KeepsSecrets
            ? address
            : Refuse($"{name}: '{text}' {Fault(address)}. Write it like {usual}.");
    }

    /// <summary>An address that is a secret itself; null where there is none.</summary>
    public Uri? SecretAddress(string name) =>
        Find(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.KeepsSecrets ? address
        : Refuse($"{name}: {Fault(address)}. Write it with https://.");

    private static string Fault(Uri? address) => address is { Scheme: "http" or "https" }
        ? "would be sent unencrypted to another machine"
        : "is not an address";

    private Uri Refuse(string problem)
    {
        _problems.Add(problem);
        return new Uri("https://invalid");
    }
}
