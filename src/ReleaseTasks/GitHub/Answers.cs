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

    public static Review Review(PullRequestReview answer) => new(
        Person(answer.User),
        Needed(answer.State.StringValue, "state"),
        CommitSha.Parse(answer.CommitId),
        answer.SubmittedAt == default ? null : answer.SubmittedAt); // a pending one has none

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

    public static Check Check(CheckRun answer)
    {
        var words = answer.Conclusion?.StringValue ?? answer.Status.StringValue;
        var state = answer.Status.StringValue != "completed" ? CheckState.Waiting
            : words is "success" or "neutral" or "skipped" ? CheckState.Passed
            : CheckState.Failed;
        return new(Needed(answer.Name, "name"), state, words);
    }

    public static Check Status(JsonElement answer)
    {
        var words = Needed(answer.GetProperty("state").GetString(), "state");
        var state = words switch
        {
            "success" => CheckState.Passed,
            "pending" => CheckState.Waiting,
            _ => CheckState.Failed,
        };
        return new(Needed(answer.GetProperty("context").GetString(), "context"), state, words);
    }

    /// <summary>A branch's <c>protection.required_status_checks.contexts</c>.</summary>
    public static IEnumerable<string> RequiredByProtection(JsonElement? branch)
    {
        var checks = Property(Property(branch, "protection"), "required_status_checks");
        return Property(checks, "contexts") is { ValueKind: JsonValueKind.Array } contexts
            ? contexts.EnumerateArray().Select(context => context.GetString()).OfType<string>()
            : [];
    }

    /// <summary>The checks of the rules of type <c>required_status_checks</c>.</summary>
    public static IEnumerable<string> RequiredByRules(JsonElement? rules) =>
        from rule in rules is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray().AsEnumerable() : []
        where Property(rule, "type")?.GetString() == "required_status_checks"
        let required = Property(Property(rule, "parameters"), "required_status_checks")
        from check in required is { ValueKind: JsonValueKind.Array } checks ? checks.EnumerateArray().AsEnumerable() : []
        let context = Property(check, "context")?.GetString()
        where context is not null
        select context;

    public static CommitSha Sha(string? text, string name) => CommitSha.Parse(text) ?? throw Missing(name);

    private static PullRequestState State(Octokit.PullRequest found) =>
        found.Merged ? PullRequestState.Merged
        : found.State.StringValue == "open" ? PullRequestState.Open
        : PullRequestState.Closed;

    private static JsonElement? Property(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var value) ? value : null;

    private static T Needed<T>(T? value, string name)
        where T : class => value ?? throw Missing(name);

    private static InvalidDataException Missing(string name) => new($"'{name}' is missing or malformed");
}
