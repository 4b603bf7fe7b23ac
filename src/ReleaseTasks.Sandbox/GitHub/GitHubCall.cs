using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>One request: who asks, what about, and what may be seen.</summary>
internal sealed class GitHubCall(HttpContext http, GitHubWorld world, RateLimits limits, Account? viewer)
{
    private const int PageSize = 30;
    private const int LargestPage = 100;

    private Repository? repository;

    public GitHubWorld World => world;

    public RateLimits Limits => limits;

    public GitHubBody Body { get; private set; } = null!;

    public GitHubJson Json { get; } = new(world, new Uri($"{http.Request.Scheme}://{http.Request.Host}"));

    public bool Reads => HttpMethods.IsGet(http.Request.Method);

    public string Accept => http.Request.Headers.Accept.ToString();

    /// <summary>Who asks; null without a token.</summary>
    public Account? ViewerOrNobody => viewer;

    /// <exception cref="GitHubRefusal">No token.</exception>
    public Account Viewer => viewer ?? throw new GitHubRefusal(401, "Requires authentication");

    /// <exception cref="GitHubRefusal">There's none, or the viewer may not see it.</exception>
    public Repository Repository => repository ??= FindRepository();

    /// <summary>The repository, for a change of it.</summary>
    /// <exception cref="GitHubRefusal">The viewer may see it but not write.</exception>
    public Repository WritableRepository => GitHubWorld.MayWrite(Viewer, Repository)
        ? Repository
        : throw new GitHubRefusal(403, "Must have push access to the repository.");

    public GitRepository Git => world.Open(Repository);

    public Issue Issue => Repository.Issues.Find(issue => issue.Number == Number("number")) ?? throw GitHubRefusal.NotFound();

    /// <summary>The issue, where it's a pull request.</summary>
    public Issue PullRequest => Issue is { Pull: not null } issue ? issue : throw GitHubRefusal.NotFound();

    public async Task ReadBodyAsync(CancellationToken ct) => Body = await GitHubBody.ReadAsync(http.Request.Body, ct);

    /// <summary>A part of the path. Clients differ in whether they escape the slashes of a ref.</summary>
    public string Text(string name) => Uri.UnescapeDataString((string?)http.GetRouteValue(name) ?? "");

    public long Number(string name) => long.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : throw GitHubRefusal.NotFound();

    /// <summary>A query parameter; null where it's missing or empty.</summary>
    public string? Query(string name) => http.Request.Query[name].ToString() is { Length: > 0 } text ? text : null;

    public async Task<string> CommitAsync(string name, CancellationToken ct) =>
        await Git.FindCommitAsync(name, ct) ?? throw new GitHubRefusal(422, $"No commit found for SHA: {name}");

    /// <summary>One page of a list, with links to the others.</summary>
    public GitHubAnswer Page<T>(IEnumerable<T> all, Func<T, object> shape) => Page(all, items => items.Select(shape).ToList());

    /// <summary>One page of a list inside an object.</summary>
    public GitHubAnswer Page<T>(IEnumerable<T> all, Func<IReadOnlyList<T>, object> shape)
    {
        var items = all.ToList();
        var size = Math.Clamp(QueryNumber("per_page", PageSize), 1, LargestPage);
        var page = Math.Max(QueryNumber("page", 1), 1);
        var last = Math.Max((items.Count + size - 1) / size, 1);
        var links = new List<string>();
        Link(page > 1, "prev", page - 1);
        Link(page < last, "next", page + 1);
        Link(page < last, "last", last);
        Link(page > 1, "first", 1);
        var headers = new Dictionary<string, string>();
        if (links.Count > 0)
        {
            headers["Link"] = string.Join(", ", links);
        }

        return GitHubAnswer.Ok(shape([.. items.Skip((page - 1) * size).Take(size)])) with { Headers = headers };

        void Link(bool wanted, string relation, int number)
        {
            if (wanted)
            {
                links.Add($"<{PageAddress(number)}>; rel=\"{relation}\"");
            }
        }
    }

    /// <summary>Where a commit's archive can be fetched without a token, for as long as the sandbox's world stands.</summary>
    public string ArchiveAddress(string commit) =>
        $"{http.Request.Scheme}://{http.Request.Host}/codeload/{Repository.FullName}/{commit}?token={world.ArchiveTokenOf(Repository, commit)}";

    /// <summary>GitHub's links name a repository by its id, whatever the request called it.</summary>
    private string PageAddress(int page)
    {
        var request = http.Request;
        var query = new QueryBuilder(request.Query.Where(pair => pair.Key != "page").Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString())))
        {
            { "page", page.ToString(CultureInfo.InvariantCulture) },
        };
        var path = repository is null
            ? request.Path.Value!
            : $"/api/v3/repositories/{repository.Id}" + string.Concat(request.Path.Value!.Split('/').Skip(http.GetRouteValue("owner") is null ? 5 : 6).Select(part => "/" + part));
        return $"{request.Scheme}://{request.Host}{path}{query}";
    }

    private int QueryNumber(string name, int otherwise) => int.TryParse(Query(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private Repository FindRepository()
    {
        var found = http.GetRouteValue("repositoryId") is { } id
            ? world.State.Repositories.Find(candidate => candidate.Id.ToString(CultureInfo.InvariantCulture) == (string)id)
            : world.FindRepository(Text("owner"), Text("repo"));
        return found is not null && GitHubWorld.RoleOf(viewer, found) != "none" ? found : throw GitHubRefusal.NotFound();
    }
}
