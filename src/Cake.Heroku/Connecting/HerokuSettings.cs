using System.Collections;

namespace Cake.Heroku;

/// <summary>Where Heroku's two APIs are, and who asks.</summary>
/// <param name="Host">Default: <c>https://api.heroku.com</c>.</param>
/// <param name="DataHost">Default: <c>https://api.data.heroku.com</c>.</param>
public sealed record HerokuSettings(Uri Host, Uri DataHost, HerokuToken Token)
{
    /// <summary>
    /// Reads <c>HEROKU_HOST</c> (with scheme and port), <c>HEROKU_DATA_HOST</c> (a name alone: scheme and port are those of a
    /// <c>HEROKU_HOST</c> on this machine), and the token from <c>HEROKU_API_KEY</c> or the netrc file.
    /// </summary>
    /// <param name="environment">Default: this process's.</param>
    /// <exception cref="HerokuConfigurationException">No token, or an address that a token must not be sent to.</exception>
    public static HerokuSettings FromEnvironment(IReadOnlyDictionary<string, string>? environment = null)
    {
        environment ??= Variables();
        var host = HostIn(environment);
        return new(host, DataHostIn(environment, host), TokenIn(environment, host));
    }

    private static Uri HostIn(IReadOnlyDictionary<string, string> environment)
    {
        var text = Read(environment, "HEROKU_HOST") ?? "https://api.heroku.com";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var host) || host.Scheme is not ("http" or "https"))
        {
            throw new HerokuConfigurationException(
                $"HEROKU_HOST: '{text}' is not an address. Write it with its scheme, such as https://api.heroku.com.");
        }

        if (host.Scheme != "https" && !host.IsLoopback)
        {
            throw new HerokuConfigurationException(
                $"HEROKU_HOST: '{text}' would send the token unencrypted to another machine. Write https://.");
        }

        return new Uri(host.GetLeftPart(UriPartial.Authority));
    }

    private static Uri DataHostIn(IReadOnlyDictionary<string, string> environment, Uri host)
    {
        var name = Read(environment, "HEROKU_DATA_HOST") ?? Read(environment, "HEROKU_POSTGRESQL_HOST");
        if (name is not null && Uri.CheckHostName(name) == UriHostNameType.Unknown)
        {
            throw new HerokuConfigurationException(
                $"HEROKU_DATA_HOST: '{name}' is not the name of a host. Write it without scheme and port.");
        }

        if (!host.IsLoopback)
        {
            return new UriBuilder("https", name ?? "api.data.heroku.com").Uri;
        }

        var inherited = new UriBuilder(host) { Host = name ?? "api.data.heroku.com" }.Uri;
        return inherited.IsLoopback
            ? inherited
            : throw new HerokuConfigurationException(
                $"HEROKU_DATA_HOST: HEROKU_HOST is on this machine ({host.Authority}), but the data service would be {inherited.Host}. "
                + $"Set HEROKU_DATA_HOST to {host.Host}.");
    }

    private static HerokuToken TokenIn(IReadOnlyDictionary<string, string> environment, Uri host)
    {
        var file = Netrc.FileIn(environment);
        var token = Read(environment, "HEROKU_API_KEY") ?? (File.Exists(file) ? Netrc.PasswordOf(host.Host, File.ReadAllText(file)) : null);
        return token is not null
            ? new HerokuToken(token)
            : throw new HerokuConfigurationException(
                $"No token for {host.Host}. Set HEROKU_API_KEY, or run `heroku login`, "
                + $"which writes 'machine {host.Host}' into {file ?? "the netrc file"}.");
    }

    private static string? Read(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string)v.Value!);
}
