using System.Text.RegularExpressions;

namespace ReleaseTasks.Monitoring;

/// <summary>
/// The codes that Heroku writes into an app's log (https://devcenter.heroku.com/articles/error-codes), and what they say of a release.
/// </summary>
internal static partial class HerokuCodes
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["H10"] = "app crashed: the new release doesn't boot",
        ["H11"] = "backlog too deep: too few or too slow dynos",
        ["H12"] = "request timeout: slow queries, locks",
        ["H13"] = "connection closed without response: worker killed while serving",
        ["H14"] = "no web dynos running: scaled to 0, or no web process in the Procfile",
        ["H15"] = "idle connection",
        ["H17"] = "badly formed HTTP response",
        ["H18"] = "server interrupted the request",
        ["H19"] = "backend connection timeout: boot or port trouble",
        ["H20"] = "boot timeout: slow start",
        ["H21"] = "backend connection refused: boot or port trouble",
        ["H22"] = "connection limit reached",
        ["H23"] = "endpoint misconfigured",
        ["H24"] = "forced close",
        ["H25"] = "HTTP restriction",
        ["H26"] = "bad request",
        ["H27"] = "client interrupted the request: harmless",
        ["H28"] = "client connection idle",
        ["H31"] = "misdirected request",
        ["H32"] = "TLS certificate mismatch",
        ["H80"] = "maintenance mode",
        ["H81"] = "blank app",
        ["H82"] = "dyno hours used up",
        ["H83"] = "planned service degradation",
        ["H99"] = "platform error: see https://status.heroku.com, don't roll back blindly",
        ["R10"] = "boot timeout: nothing bound to $PORT in 60 s",
        ["R12"] = "exit timeout: a process outlived SIGTERM by 30 s",
        ["R13"] = "attach error of a one-off dyno",
        ["R14"] = "memory quota exceeded: a leak?",
        ["R15"] = "memory quota vastly exceeded: killed",
        ["R16"] = "one-off dyno detached",
        ["R17"] = "slug checksum error",
        ["R99"] = "platform error: see https://status.heroku.com, don't roll back blindly",
        ["L10"] = "drain buffer overflow: lines are lost",
        ["L11"] = "tail buffer overflow: lines are lost",
        ["L12"] = "local buffer overflow: lines are lost",
        ["L13"] = "local delivery error: lines may be lost",
        ["L14"] = "certificate of the drain not valid: lines may be lost",
        ["L15"] = "tail unavailable: lines may be lost",
    };

    /// <summary>The code that a line of the platform carries; null for the app's own words, whatever they look like.</summary>
    public static string? Of(LogLine line)
    {
        if (line.Source != "heroku" && line.Process != "logplex")
        {
            return null;
        }

        var words = line.Process == "router" ? line.Field("code") ?? "" : line.Text;
        return Code().Match(words) is { Success: true } found ? found.Groups["code"].Value : null;
    }

    public static string MeaningOf(string code) =>
        Meanings.GetValueOrDefault(code, "unknown code: see https://devcenter.heroku.com/articles/error-codes");

    /// <param name="code">Such as <c>H12</c>.</param>
    /// <param name="time">When it was written.</param>
    /// <param name="openSince">Since when the app is open to visitors; null while maintenance is on.</param>
    public static Sign SignOf(string code, DateTimeOffset time, DateTimeOffset? openSince) => code switch
    {
        "H27" => Sign.None,
        "H80" => time < openSince || openSince is null ? Sign.None : Sign.Bad,
        "H99" or "R99" => Sign.Doubt, // not the release's doing, but it may hide what is
        ['L', ..] => Sign.Doubt, // the lines that are lost may have been the bad ones
        _ => Sign.Bad,
    };

    [GeneratedRegex(@"^(?:Error )?(?<code>[HRL]\d\d)\b")]
    private static partial Regex Code();
}
