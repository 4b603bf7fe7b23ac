using ReleaseTasks.GitHub;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Writing;

/// <summary>Gathers what a pull request is to say: from the arguments, the branch, its commits and code, and the person at the terminal.</summary>
internal sealed class Author(ReleaseArguments arguments, IGitHub github, ITerminal terminal, Action<string> say)
{
    /// <param name="branch">What the pull request brings in.</param>
    /// <param name="main">What it goes to.</param>
    /// <param name="file">The description that <c>--plan</c> names; null for none.</param>
    /// <param name="open">The pull request that the branch has already; null for none.</param>
    /// <param name="ct">Ends the waiting for answers too.</param>
    /// <exception cref="RefusedException">Something is missing, and there is nobody to ask.</exception>
    public async Task<(string Title, Content Content)> WriteAsync(string branch, string main, Description? file, PullRequest? open, CancellationToken ct)
    {
        var comparison = await github.CompareAsync(main, branch, ct);
        var content = new Content
        {
            IsWorkInProgress = arguments.IsWorkInProgress,
            File = file,
            Parts = await PartsAsync(ct),
            Questions = arguments.IsWorkInProgress ? CodeQuestion.In(comparison.Files) : [],
        };
        content = await WithIssueAsync(content, branch, comparison, open?.Body, ct);
        var title = arguments.Title ?? open?.Title ?? OnlySubject(comparison);
        var missing = content.Missing(open?.Body).ToList();
        if ((missing.Count > 0 || title is null) && !terminal.HasPerson)
        {
            throw Missing(missing, title is null);
        }

        var interview = new Interview(terminal, say);
        title ??= await interview.TitleAsync(ct);
        var answers = await WithTitlesAsync(await interview.PartsAsync(missing, ct), ct);
        return (WorkInProgress.Title(title, content.IsWorkInProgress), content with { Parts = content.Parts.Concat(answers).ToDictionary() });
    }

    private async Task<IReadOnlyDictionary<PlanPart, string>> PartsAsync(CancellationToken ct)
    {
        var parts = Section.All.Select(section => (section.Part, Words: arguments.Section(section.Argument))).Where(given => given.Words is not null);
        return await WithTitlesAsync(parts.ToDictionary(given => given.Part, given => given.Words!), ct);
    }

    /// <summary>An issue that is given as a number alone gets its title beside it.</summary>
    private async Task<IReadOnlyDictionary<PlanPart, string>> WithTitlesAsync(IReadOnlyDictionary<PlanPart, string> parts, CancellationToken ct) =>
        parts.TryGetValue(PlanPart.OriginalIssue, out var words) && IssueReference.Alone(words) is { } number
            ? new Dictionary<PlanPart, string>(parts)
            {
                [PlanPart.OriginalIssue] = await FindIssueAsync(number, ct) ?? throw new RefusedException($"--issue={number}: {github.Repository} has no such issue. Nothing was changed."),
            }
            : parts;

    /// <summary>The issue that branch or commits name, where nobody has said another.</summary>
    private async Task<Content> WithIssueAsync(Content content, string branch, Comparison comparison, string? current, CancellationToken ct) =>
        content.Missing(current).Any(section => section.Part == PlanPart.OriginalIssue)
        && IssueReference.Find(branch, comparison.Messages) is { } number
        && await FindIssueAsync(number, ct) is { } issue
            ? content with { Parts = new Dictionary<PlanPart, string>(content.Parts) { [PlanPart.OriginalIssue] = issue } }
            : content;

    private async Task<string?> FindIssueAsync(int number, CancellationToken ct) =>
        await github.FindIssueTitleAsync(number, ct) is { } title ? $"#{number} {title}" : null;

    private static string? OnlySubject(Comparison comparison) =>
        comparison.Messages is [var only] && only.Split('\n')[0].Trim() is { Length: > 0 } subject ? subject : null;

    private static RefusedException Missing(IEnumerable<Section> sections, bool title) => new(string.Join(
        Environment.NewLine,
        [
            "The pull request lacks what can't be asked here (CI is set, or input or output is no terminal):",
            .. title ? ["  --title: what the pull request is called"] : Array.Empty<string>(),
            .. sections.Select(section => $"  --{section.Argument}: {section.Question}{(section.MayBeNone ? " 'None' where there is nothing." : "")}"),
            "Nothing was changed. Give them as arguments, @FILE for the words in a file, or the whole description as --plan=FILE.",
        ]));
}
