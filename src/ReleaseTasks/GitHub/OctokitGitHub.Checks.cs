using System.Net;
using Octokit;

namespace ReleaseTasks.GitHub;

internal sealed partial class OctokitGitHub
{
    private const int AnnotationsAtATime = 50;
    private const int PageSize = 100;

    public async Task<Checks> GetChecksAsync(CommitSha commit, string branch, CancellationToken ct)
    {
        var name = Uri.EscapeDataString(branch);
        var statuses = AskAsync(() => ListStatusesAsync(commit, ct), ct);
        var runs = AskAsync(() => ListRunsAsync(commit, ct), ct);
        var protection = AskAsync(async () => Answers.RequiredByProtection(await GetJsonAsync($"branches/{name}", ct)), ct);
        var rules = ListRequiredByRulesAsync(name, ct);
        await Task.WhenAll(statuses, runs, protection, rules);
        return new([.. await statuses, .. await runs], [.. (await protection).Concat(await rules).Distinct()]);
    }

    public Task<long> PublishCheckAsync(CheckReport report, long? id, CancellationToken ct) => AskAsync(
        async () =>
        {
            var batches = report.Annotations.Chunk(AnnotationsAtATime).DefaultIfEmpty([]);
            foreach (var batch in batches)
            {
                id = (await PublishAsync(report, batch, id)).Id;
            }

            return id is > 0 ? id.Value : throw new InvalidDataException("the check run has no id");
        },
        ct);

    private Task<CheckRun> PublishAsync(CheckReport report, IEnumerable<Annotation> annotations, long? id)
    {
        var conclusion = report.Passed ? CheckConclusion.Success : CheckConclusion.Failure;
        var output = new NewCheckRunOutput(_clean(report.Title), _clean(report.Summary)) { Annotations = [.. annotations.Select(Remark)] };
        return id is { } known
            ? _client.Check.Run.Update(_owner, _name, known, new CheckRunUpdate { Conclusion = conclusion, Output = output })
            : _client.Check.Run.Create(
                _owner,
                _name,
                new NewCheckRun(report.Name, report.Commit.ToString()) { Conclusion = conclusion, Output = output });
    }

    private NewCheckRunAnnotation Remark(Annotation annotation) => new(
        annotation.Path,
        annotation.Line,
        annotation.Line,
        annotation.Level switch
        {
            AnnotationLevel.Notice => CheckAnnotationLevel.Notice,
            AnnotationLevel.Warning => CheckAnnotationLevel.Warning,
            _ => CheckAnnotationLevel.Failure,
        },
        _clean(annotation.Message));

    /// <summary>The latest status of each context: Octokit reads the first page only.</summary>
    private async Task<IReadOnlyList<Check>> ListStatusesAsync(CommitSha commit, CancellationToken ct) =>
        [.. (await ListAsync($"commits/{commit}/status?per_page={PageSize}", page => Answers.Property(page, "statuses"), ct)).Select(Answers.Status)];

    /// <summary>Octokit takes an answer without runs for none.</summary>
    private async Task<IReadOnlyList<Check>> ListRunsAsync(CommitSha commit, CancellationToken ct) =>
        [.. (await ListAsync($"commits/{commit}/check-runs?per_page={PageSize}", page => Answers.Property(page, "check_runs"), ct)).Select(Answers.Check)];

    /// <summary>What the newer rule sets ask for. GitHub Enterprise Servers before them don't know the address.</summary>
    private async Task<IReadOnlyList<RequiredCheck>> ListRequiredByRulesAsync(string branch, CancellationToken ct)
    {
        try
        {
            return await AskAsync(
                async () => Answers.RequiredByRules(await FindListAsync($"rules/branches/{branch}?per_page={PageSize}", page => page, ct) ?? []), ct);
        }
        catch (GitHubException e) when (e.Status == HttpStatusCode.Forbidden && e.Reason.Contains("Upgrade to GitHub Pro", StringComparison.OrdinalIgnoreCase))
        {
            return []; // a private repository on a plan without rule sets: there can't be any. Any other 403 is about the token.
        }
    }
}
