using System.Globalization;
using System.Text.Json;
using Octokit;

namespace ReleaseTasks.GitHub;

/// <summary>Octokit's answers as our values. Octokit requires nothing of an answer: what must not be missing is missed here.</summary>
internal static class Answers
{
    public static PullRequest PullRequest(Octokit.PullRequest? answer)
    {
        var found = Needed(answer, "pull request");
        return new()
        {
            Number = found.Number > 0 ? found.Number : throw Missing("number"),
            Title = Needed(found.Title, "title"),
            Body = found.Body ?? "",
            State = State(found),
            IsDraft = found.Draft,
            Author = Person(found.User),
            Head = Sha(found.Head?.Sha, "head.sha"),
            HeadRef = Needed(found.Head?.Ref, "head.ref"),
            BaseRef = Needed(found.Base?.Ref, "base.ref"),
            MergeCommit = found.Merged ? CommitSha.Parse(found.MergeCommitSha) : null,
            MergedBy = Person(found.MergedBy),
            Mergeable = found.Mergeable,
            MergeableState = found.MergeableState?.StringValue ?? "unknown",
            RequestedReviewers = [.. (found.RequestedReviewers ?? []).Select(Person).OfType<Person>()],
            CreatedAt = found.CreatedAt,
            Url = new Uri(Needed(found.HtmlUrl, "html_url")),
        };
    }

    /// <summary>Null stays null: the account was deleted.</summary>
    public static Person? Person(User? answer) =>
        answer is null
            ? null
            : new(answer.Id > 0 ? answer.Id : throw Missing("user.id"), Needed(answer.Login, "user.login"), answer.Type == AccountType.Bot);

    public static Review Review(JsonElement answer) => new(
        Person(Property(answer, "user")),
        Text(answer, "state"),
        CommitSha.Parse(TextOrNull(answer, "commit_id")),
        TextOrNull(answer, "submitted_at") is { } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null); // a pending one has none

    public static Comment Comment(IssueComment? answer)
    {
        var found = Needed(answer, "comment");
        return new(
            found.Id > 0 ? found.Id : throw Missing("id"),
            Person(found.User),
            found.Body ?? "",
            found.CreatedAt,
            new Uri(Needed(found.HtmlUrl, "html_url")));
    }

    public static Note Note(Commit? answer)
    {
        var found = Needed(answer, "commit");
        return new(
            Sha(found.Sha, "sha"),
            Needed(found.Message, "message"),
            found.Parents is [{ } parent, ..] ? Sha(parent.Sha, "parents.sha") : null,
            found.Committer?.Date ?? throw Missing("committer.date"));
    }

    public static ChangedFile ChangedFile(GitHubCommitFile answer) => new(
        Needed(answer.Filename, "filename"),
        answer.Patch,
        Uri.TryCreate(answer.BlobUrl, UriKind.Absolute, out var url) ? url : null);

    public static Check Check(JsonElement answer)
    {
        var status = Text(answer, "status");
        var words = TextOrNull(answer, "conclusion") ?? status;
        var state = status != "completed" ? CheckState.Waiting
            : words is "success" or "neutral" or "skipped" ? CheckState.Passed
            : CheckState.Failed;
        return new(Text(answer, "name"), state, words, NumberOrNull(Property(answer, "app"), "id"));
    }

    public static Check Status(JsonElement answer)
    {
        var words = Text(answer, "state");
        var state = words switch
        {
            "success" => CheckState.Passed,
            "pending" => CheckState.Waiting,
            _ => CheckState.Failed,
        };
        return new(Text(answer, "context"), state, words, AppWithAvatar(TextOrNull(answer, "avatar_url")));
    }

    /// <summary>A status names nobody; but the picture beside it is an app's, <c>…/in/15368</c>, or a person's, <c>…/u/11</c>.</summary>
    private static long? AppWithAvatar(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Segments is [.., "in/", var app]
        && long.TryParse(app, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    /// <summary>A branch's <c>protection.required_status_checks</c>; none where it isn't protected.</summary>
    public static IReadOnlyList<RequiredCheck> RequiredByProtection(JsonElement branch)
    {
        _ = Text(branch, "name");
        if (Property(branch, "protection") is not { ValueKind: JsonValueKind.Object } protection)
        {
            return Property(branch, "protected") is { ValueKind: JsonValueKind.True } ? throw Missing("protection") : [];
        }

        if (Property(protection, "required_status_checks") is not { ValueKind: not JsonValueKind.Null } required)
        {
            return [];
        }

        // GitHub Enterprise Servers of some years know the names alone.
        var names = Items(Property(required, "contexts")).Select(context => context.GetString() ?? throw Missing("context")).ToList();
        var ofApps = Property(required, "checks") is { ValueKind: JsonValueKind.Array } checks
            ? checks.EnumerateArray().Select(check => Required(check, "app_id")).ToList()
            : [];
        return [.. ofApps, .. names.Except(ofApps.Select(check => check.Name)).Select(name => new RequiredCheck(name, null))];
    }

    /// <summary>The checks of the rules of type <c>required_status_checks</c>.</summary>
    public static IReadOnlyList<RequiredCheck> RequiredByRules(IEnumerable<JsonElement> rules) =>
    [
        .. from rule in rules
           where Text(rule, "type") == "required_status_checks"
           from check in Items(Property(Property(rule, "parameters"), "required_status_checks"))
           select Required(check, "integration_id"),
    ];

    /// <summary>GitHub writes -1 for any app.</summary>
    private static RequiredCheck Required(JsonElement check, string app) =>
        new(Text(check, "context"), NumberOrNull(check, app) is > 0 and var id ? id : null);

    /// <summary>What must be a list.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : throw Missing("a list");

    public static CommitSha Sha(string? text, string name) => CommitSha.Parse(text) ?? throw Missing(name);

    /// <summary>A text that must be there.</summary>
    public static string Text(JsonElement parent, string name) =>
        Property(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Missing(name);

    private static long? NumberOrNull(JsonElement? parent, string name) =>
        Property(parent, name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;

    private static string? TextOrNull(JsonElement parent, string name) => Property(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Null stays null: the account was deleted.</summary>
    private static Person? Person(JsonElement? answer) => answer is { ValueKind: JsonValueKind.Object } found
        ? new(
            NumberOrNull(found, "id") ?? throw Missing("user.id"),
            Text(found, "login"),
            TextOrNull(found, "type") == "Bot")
        : null;

    private static PullRequestState State(Octokit.PullRequest found) =>
        found.Merged ? PullRequestState.Merged
        : found.State.StringValue == "open" ? PullRequestState.Open
        : PullRequestState.Closed;

    public static JsonElement? Property(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;

    private static T Needed<T>(T? value, string name)
        where T : class => value ?? throw Missing(name);

    private static InvalidDataException Missing(string name) => new($"'{name}' is missing or malformed");
}
