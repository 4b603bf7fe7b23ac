using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.GitHub;

/// <summary>What a GitHub workflow tells the programs that it runs.</summary>
internal static partial class Workflow
{
    /// <summary>The pull request of an event of one, <c>GITHUB_REF=refs/pull/3/merge</c>; null elsewhere.</summary>
    public static int? PullRequest(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("GITHUB_ACTIONS") == "true"
            && PullRequestRef().Match(environment.GetValueOrDefault("GITHUB_REF") ?? "") is { Success: true } match
            ? int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The logins of who started it and of who ran it again, who may be the same; none elsewhere.</summary>
    public static IReadOnlyList<string> Actors(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("GITHUB_ACTIONS") == "true"
            ? [.. new[] { "GITHUB_ACTOR", "GITHUB_TRIGGERING_ACTOR" }.Select(environment.GetValueOrDefault).Where(login => !string.IsNullOrEmpty(login)).Distinct().Select(login => login!)]
            : [];

    [GeneratedRegex("^refs/pull/(?<number>[1-9][0-9]{0,8})/(merge|head)$")]
    private static partial Regex PullRequestRef();
}
