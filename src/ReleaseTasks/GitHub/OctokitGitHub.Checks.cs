using System.Net;
using System.Text.Json;
using Octokit;

namespace ReleaseTasks.GitHub;

internal sealed partial class OctokitGitHub
{
    private const int AnnotationsAtATime = 50;
    private const int PageSize = 100;

    public Task<Checks> GetChecksAsync(CommitSha commit, string branch, CancellationToken ct) => AskAsync(
        async () =>
        {
            var runs = await _client.Check.Run.GetAllForReference(_owner, _name, commit.ToString(), new CheckRunRequest(), AllPages);
            return new Checks(
                [.. await ListStatusesAsync(commit, ct), .. runs.CheckRuns.Select(Answers.Check)],
                [.. await ListRequiredAsync(branch, ct)]);
        },
        ct);

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

    /// <summary>The latest status of each context, page by page: Octokit reads the first only.</summary>
    private async Task<IReadOnlyList<Check>> ListStatusesAsync(CommitSha commit, CancellationToken ct)
    {
        var found = new List<Check>();
        for (var page = 1; ; page++)
        {
            var answer = await GetJsonAsync($"commits/{commit}/status?per_page={PageSize}&page={page}", ct);
            var statuses = answer.GetProperty("statuses");
            found.AddRange(statuses.EnumerateArray().Select(Answers.Status));
            if (statuses.GetArrayLength() < PageSize)
            {
                return found;
            }
        }
    }

    /// <summary>What branch protection and the newer rule sets ask for; both may.</summary>
    private async Task<IEnumerable<string>> ListRequiredAsync(string branch, CancellationToken ct)
    {
        var name = Uri.EscapeDataString(branch);
        var protection = await FindJsonAsync($"branches/{name}", ct);
        var rules = await FindRulesAsync(name, ct);
        return Answers.RequiredByProtection(protection).Concat(Answers.RequiredByRules(rules)).Distinct();
    }

    private async Task<JsonElement?> FindRulesAsync(string branch, CancellationToken ct)
    {
        try
        {
            return await FindJsonAsync($"rules/branches/{branch}?per_page={PageSize}", ct);
        }
        catch (GitHubException e) when (e.Status == HttpStatusCode.Forbidden)
        {
            return null; // a private repository on a plan without rule sets: there can't be any
        }
    }
}
