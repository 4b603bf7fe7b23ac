using System.Text;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Reads the token that a request carries, whichever way.</summary>
internal static class Credentials
{
    /// <summary>The token of <c>Authorization: Bearer …</c>, <c>token …</c> or of a basic authorization's password; null where there's none.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        var parts = request.Headers.Authorization.ToString().Split(' ', 2, StringSplitOptions.TrimEntries);
        return parts is not [var scheme, var value] ? null : scheme.ToLowerInvariant() switch
        {
            "bearer" or "token" => value,
            "basic" => Password(value),
            _ => null,
        };
    }

    /// <summary>git sends any user name with the token as password; some tools send the token as the user name and no password.</summary>
    private static string? Password(string basic)
    {
        var buffer = new byte[basic.Length];
        if (!Convert.TryFromBase64String(basic, buffer, out var length))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2);
        return parts is [_, { Length: > 0 } password] ? password : parts[0];
    }
}
