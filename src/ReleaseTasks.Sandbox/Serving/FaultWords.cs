using System.Text.RegularExpressions;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>Where something can go wrong in the sandbox, and what.</summary>
internal static partial class FaultWords
{
    public const string AnyRequest = "any request";
    public const string AnyChange = "any change";
    public const string Provisioning = "provisioning";
    public const string Build = "build";
    public const string ReleasePhase = "release phase";
    public const string ReleasePhaseOfAttachment = "release phase of an attachment";
    public const string Transfer = "transfer";
    public const string Promote = "promote";
    public const string LogStream = "log stream";

    /// <summary>Known for requests.</summary>
    private static readonly string[] Requests = ["answer", "answer-after", "cut-power", "cut-power-before", "delay", "drop", "drop-body", "hang", "refuse", "remove", "set"];

    /// <summary>Known for what the services do by themselves.</summary>
    private static readonly Dictionary<string, string[]> Works = new()
    {
        [Provisioning] = ["delay", "fail", "hang"],
        [Build] = ["brownout", "delay", "fail", "hang"],
        [ReleasePhase] = ["delay", "fail", "hang"],
        [ReleasePhaseOfAttachment] = ["delay", "fail", "hang"],
        [Transfer] = ["delay", "fail", "hang"],
        [Promote] = ["half"],
        [LogStream] = ["drop"],
    };

    /// <summary>What keeps a fault from being one; null when nothing does.</summary>
    public static string? Problem(Fault fault) => KnownAt(fault.On) switch
    {
        null => $"on '{fault.On}': no such place. Known: METHOD /path (a * stands for one part of it, or at its end for the rest), {string.Join(", ", Works.Keys.Prepend(AnyChange).Prepend(AnyRequest))}.",
        var known when !known.Contains(fault.Do) => $"do '{fault.Do}' on '{fault.On}': can't be done there. Known: {string.Join(", ", known)}.",
        _ when fault is { Do: "remove" or "set", Field: null } => $"do '{fault.Do}': needs the field's name as 'field'.",
        _ when fault.Status is < 200 or > 599 => $"status {fault.Status}: must be 200 to 599.",
        _ when fault.Chance is not (> 0 and <= 1) => "chance: must be above 0 and at most 1.",
        _ when fault is { After: < 0 } or { Times: < 1 } or { Seconds: < 0 } or { RetryAfter: < 0 } => "after, seconds and retryAfter can't be negative, and times must be at least 1.",
        _ => null,
    };

    /// <summary>Whether a request may change something: not by its method alone, since some of the POSTs only ask.</summary>
    public static bool IsChange(string request) => !Question().IsMatch(request);

    private static string[]? KnownAt(string on) => on is AnyRequest or AnyChange || Request().IsMatch(on) ? Requests : Works.GetValueOrDefault(on);

    [GeneratedRegex("^[A-Z]+ /[^ ]*$")]
    private static partial Regex Request();

    [GeneratedRegex("^(GET|HEAD|OPTIONS) |/resolve$|/log-sessions$|/git-upload-pack$")]
    private static partial Regex Question();
}
