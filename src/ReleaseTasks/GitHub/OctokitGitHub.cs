using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Octokit;
using Octokit.Internal;
using ReleaseTasks.Http;

namespace ReleaseTasks.GitHub;

/// <summary>
/// GitHub through Octokit. Octokit accepts any answer and fills what is missing with null or nothing, so answers are checked here, at the
/// edge; where it asks the wrong question (one page only, a prefix for a ref), ours goes over the same wire.
/// </summary>
internal sealed partial class OctokitGitHub : IGitHub, IDisposable
{
    private static readonly ApiOptions AllPages = new() { PageSize = 100 };

    private readonly HttpClient _http;
    private readonly HttpClient _elsewhere; // knows no token
    private readonly UntimedHttpClient _octokitHttp;
    private readonly GitHubClient _client;
    private readonly string _owner;
    private readonly string _name;
    private readonly Func<string, string> _clean;

    /// <param name="options">Where and as whom.</param>
    /// <param name="time">Dates the waits.</param>
    /// <param name="clean">
    /// What people read on GitHub passes through it; descriptions are their authors', and notes what the journal has written.
    /// </param>
    /// <param name="say">Takes a line for people when GitHub lets us wait.</param>
    public OctokitGitHub(GitHubOptions options, TimeProvider time, Func<string, string> clean, Action<string> say)
    {
        _clean = clean;
        (Repository, _owner, _name) = (options.Repository, options.Repository.Owner, options.Repository.Name);
        var address = new Uri(options.Address.AbsoluteUri.TrimEnd('/') + '/');
        var retry = new ServiceRetry("GitHub") { RepeatsChanges = true };
        _http = ServiceHttp.Connect(retry, time, say, new Wire(address));
        _http.BaseAddress = address;
        _http.DefaultRequestHeaders.UserAgent.Add(new("ReleaseTasks", null));
        _http.DefaultRequestHeaders.Accept.Add(new("application/vnd.github+json"));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", options.Token);
        _elsewhere = ServiceHttp.Connect(retry, time, say, new Wire(address));
        _octokitHttp = new UntimedHttpClient(new Unredirected { InnerHandler = ServiceHttp.Handlers(retry, time, say, new Wire(address)) });
        _client = new GitHubClient(new Connection(
            new Octokit.ProductHeaderValue("ReleaseTasks"),
            address,
            new InMemoryCredentialStore(new Credentials(options.Token)),
            _octokitHttp,
            new SimpleJsonSerializer()));
    }

    public RepositoryName Repository { get; }

    public void Dispose()
    {
        _http.Dispose();
        _elsewhere.Dispose();
        _octokitHttp.Dispose();
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        var exchange = Exchange.Begin(ct);
        try
        {
            return await ask();
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, ct);
        }
        catch (ApiException e)
        {
            throw exchange.Refused(Reason(e), e);
        }
        catch (Exception e) when (e is not GitHubException && exchange.Status is null)
        {
            throw exchange.Unanswered(e.Message, e);
        }
        catch (Exception e) when (e is not GitHubException)
        {
            // Whatever Octokit's serializer stumbles over: it throws what its reflection throws, and nothing of its own where a value is null.
            throw exchange.Unreadable(e is NullReferenceException ? "a value in it is null" : e.Message, e);
        }
    }

    private static async Task AskAsync(Func<Task> ask, CancellationToken ct) => await AskAsync(
        async () =>
        {
            await ask();
            return true;
        },
        ct);

    private static string Reason(ApiException e)
    {
        var details = e.ApiError?.Errors?.Select(error => error.Message ?? $"{error.Resource}/{error.Field}: {error.Code}") ?? [];
        return string.Join("; ", details.Prepend(e.Message));
    }

    /// <summary>A question that Octokit asks wrongly or not at all; null for a 404.</summary>
    private async Task<JsonElement?> FindJsonAsync(string path, CancellationToken ct)
    {
        using var response = await _http.GetAsync(RelativeToRepository(path), ct);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw Exchange.Current!.Refused(await ReasonAsync(response, ct));
        }

        return await JsonAsync(response, ct);
    }

    /// <summary>All items of a list, page by page as GitHub names the next; null for a 404.</summary>
    /// <param name="items">Where the items of a page are.</param>
    private async Task<IReadOnlyList<JsonElement>?> FindListAsync(string path, Func<JsonElement, JsonElement?> items, CancellationToken ct)
    {
        var found = new List<JsonElement>();
        for (var page = RelativeToRepository(path); page is not null;)
        {
            using var response = await _http.GetAsync(page, ct);
            if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                return null;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw Exchange.Current!.Refused(await ReasonAsync(response, ct));
            }

            found.AddRange(Answers.Items(items(await JsonAsync(response, ct))));
            page = Next(response);
        }

        return found;
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path, Func<JsonElement, JsonElement?> items, CancellationToken ct) =>
        await FindListAsync(path, items, ct) ?? throw Exchange.Current!.Refused("Not Found");

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>(ct);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("it isn't JSON", e);
        }
    }

    /// <summary>Null after the last page.</summary>
    private static Uri? Next(HttpResponseMessage response)
    {
        var links = response.Headers.TryGetValues("Link", out var all) ? string.Join(',', all) : "";
        return NextLink().Match(links) is { Success: true } match ? new Uri(match.Groups["url"].Value) : null;
    }

    [GeneratedRegex(@"<(?<url>[^>]+)>;\s*rel=""next""")]
    private static partial Regex NextLink();

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            var error = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
            return error.GetProperty("message").GetString() ?? "no reason given";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return response.ReasonPhrase ?? "no reason given"; // a page of a relay, not GitHub's own words
        }
    }

    private async Task<JsonElement> GetJsonAsync(string path, CancellationToken ct) =>
        await FindJsonAsync(path, ct) ?? throw Exchange.Current!.Refused("Not Found");

    private Uri RelativeToRepository(string path) => new($"repos/{_owner}/{_name}/{path}", UriKind.Relative);
}
