using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Sandbox.Tests.BadInput;

/// <summary>Whatever a client sends, wherever to: each service answers in its own words, and none falls over.</summary>
public sealed class EveryRoute
{
    // All that any service reads out of a body; a name too many does no harm.
    private static readonly string[] Fields =
    [
        "addon", "addon_attachment", "annotations", "app", "attach", "attachment", "author", "authorization", "auto_inactive", "auto_merge", "backup_url", "base", "base_tree", "blocks", "body",
        "build_stack", "buildpack", "channel", "checksum", "command", "comment", "comments", "commit_id", "commit_message", "commit_title", "commits", "committer", "completed_at", "conclusion", "config",
        "confirm", "content", "context", "credential", "date", "dateFinished", "dateReleased", "dateStarted", "delegate_to", "deployment", "description", "details_url", "draft", "dyno",
        "dyno_name", "email", "enabled", "env", "environment", "environment_url", "event", "expected_head_sha", "expires_at", "extensions", "external_id", "force", "force_no_tty",
        "head", "head_sha", "hostname", "hour", "id", "in", "include", "issue", "labels", "level", "line", "lines", "log_url", "maintenance", "merge_method", "message", "name", "namespace", "number", "object", "output", "owner",
        "parents", "path", "payload", "permission", "permissions", "pipeline", "plan", "process_tier", "production_environment", "projects", "quantity", "ref", "refs", "region", "release",
        "required_contexts", "reviewers", "role", "schedule_name", "secret", "sha", "silent", "size", "slug", "sni_endpoint", "source", "source_blob", "space", "stack", "stage", "started_at", "state", "state_reason", "status",
        "statusDetails", "subject", "summary", "system_id", "tag", "tagger", "tail", "target_url", "targets", "task", "team", "team_reviewers", "text", "timezone", "title", "token", "transient_environment",
        "tree", "type", "updates", "url", "user", "users", "version", "web_url", "feature", "MYVAR",
    ];

    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["nothing"] = "",
        ["an empty object"] = "{}",
        ["half of an object"] = "{\"name\": ",
        ["no JSON"] = "name=value&other",
        ["a list"] = "[]",
        ["a text"] = "\"sushi\"",
        ["null"] = "null",
        ["bytes"] = "\u0000\ufffd\u0001",
        ["nulls"] = Filled(null),
        ["texts"] = Filled("no-such-thing"),
        ["empty texts"] = Filled(""),
        ["numbers"] = Filled(7),
        ["huge numbers"] = Filled(1e300),
        ["negative numbers"] = Filled(-1),
        ["flags"] = Filled(true),
        ["empty lists"] = Filled(new JsonArray()),
        ["lists of numbers"] = Filled(new JsonArray(7)),
        ["lists of nulls"] = Filled(new JsonArray((JsonNode?)null)),
        ["lists of objects"] = Filled(new JsonArray(new JsonObject())),
        ["empty objects"] = Filled(new JsonObject()),
        ["objects of objects"] = Filled(new JsonObject { ["id"] = new JsonObject(), ["name"] = new JsonArray(), ["url"] = 7, ["app"] = new JsonObject() }),
        ["huge texts"] = Filled(new string('x', 20_000)),
        ["control characters"] = Filled("a\u0000b\r\n\u001b[31m"),
        ["ways out"] = Filled("../../../etc/passwd"),
        ["leading dashes"] = Filled("--upload-pack=false"),
    };

    private static IEnumerable<string> Kinds => Bodies.Keys;

    [TestCaseSource(nameof(Kinds))]
    public async Task Bears_a_body_of(string kind)
    {
        await using var routes = await KnownRoutes.OpenAsync();

        var replies = new List<Reply>();
        foreach (var (method, pattern) in routes.All.Where(r => r.Method != "GET"))
        {
            replies.Add(await routes.SendAsync(method, routes.PathOf(pattern), new StringContent(Bodies[kind], Encoding.UTF8, "application/json")));
        }

        AssertWords(routes, replies);
    }

    [TestCase("no-such-thing")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("99999999999999999999999")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    [TestCase("%2e%2e%2f%2e%2e")]
    [TestCase("--help")]
    [TestCase("%F0%9F%8D%A3")]
    [TestCase("a%20b%3Bc")]
    public async Task Bears_an_address_with(string value)
    {
        await using var routes = await KnownRoutes.OpenAsync();

        var replies = new List<Reply>();
        foreach (var (method, pattern) in routes.All)
        {
            // Everything wrong, and then each part of it alone.
            var names = KnownNames(pattern);
            foreach (var wrong in names.Select(n => new[] { n }).Append(names))
            {
                replies.Add(await routes.SendAsync(method, routes.PathOf(pattern, name => wrong.Contains(name) ? value : null), Json("{}")));
            }
        }

        AssertWords(routes, replies);
    }

    [Test]
    public async Task Bears_queries_and_headers_that_make_no_sense()
    {
        await using var routes = await KnownRoutes.OpenAsync();

        const string Nonsense = "?page=-1&per_page=x&limit=%00&min_id=z&max_id=9e99&min_time=never&max_time=-&q=%28%22&query=%22is:&sort=%F0&start=x&end=y&statsPeriod=99q&cursor=::&since=x&state=7&head=%2F&verbose=7";
        var replies = new List<Reply>();
        foreach (var (_, pattern) in routes.All.Where(r => r.Method == "GET" && !r.Pattern.Contains("**", StringComparison.Ordinal)))
        {
            replies.Add(await routes.SendAsync("GET", routes.PathOf(pattern) + Nonsense));
        }

        AssertWords(routes, replies);
    }

    [TestCase(null)]
    [TestCase("no-such-token")]
    public async Task Lets_nobody_in_with_the_token(string? token)
    {
        await using var routes = await KnownRoutes.OpenAsync();

        var replies = new List<Reply>();
        foreach (var (method, pattern) in routes.All.Where(r => !IsOpen(r.Pattern)))
        {
            replies.Add(await routes.SendAsync(method, routes.PathOf(pattern), method == "GET" ? null : Json("{}"), withToken: false, token));
        }

        AssertWords(routes, replies);
        // GitHub hides what may not be seen, shows what everybody may, and Slack has its own way to say it.
        var strict = replies.FindAll(r => !r.Request.Contains("/api/v3", StringComparison.Ordinal) && !r.Request.Contains("/slack/", StringComparison.Ordinal));
        Assert.That(strict.Select(r => r.Status), Is.All.EqualTo(401).Or.EqualTo(404), string.Join('\n', strict.Where(r => r.Status is not (401 or 404))));
        var changes = replies.FindAll(r => !r.Request.StartsWith("GET", StringComparison.Ordinal) && r.Request.Contains("/api/v3", StringComparison.Ordinal));
        Assert.That(changes.Select(r => r.Status), Is.All.EqualTo(401).Or.EqualTo(404), string.Join('\n', changes.Where(r => r.Status is not (401 or 404))));
    }

    [Test]
    public async Task Names_what_it_does_not_know()
    {
        await using var routes = await KnownRoutes.OpenAsync();
        var known = routes.All.GroupBy(r => r.Pattern).ToDictionary(g => g.Key, g => g.Select(r => r.Method).ToHashSet());

        var replies = new List<Reply> { await routes.SendAsync("GET", "/no/such/thing"), await routes.SendAsync("POST", "/api/v3/no/such/thing") };
        foreach (var pattern in known.Keys)
        {
            var others = known.Where(k => k.Key.Split('/').Length == pattern.Split('/').Length).SelectMany(k => k.Value).ToHashSet();
            var method = new[] { "PUT", "PATCH", "OPTIONS" }.First(m => !others.Contains(m));
            replies.Add(await routes.SendAsync(method, routes.PathOf(pattern)));
        }

        Assert.That(replies.Where(r => r.Status != 501), Is.Empty);
        Assert.That(replies.Select(r => (string?)JsonNode.Parse(r.Text)!["message"]), Is.EqualTo(replies.Select(r => $"The sandbox doesn't know {Uri.UnescapeDataString(r.Request.Split('?')[0])}.")));
        Assert.That(routes.Server.UnknownRequests, Is.Not.Empty);
    }

    private static void AssertWords(KnownRoutes routes, List<Reply> replies)
    {
        Assert.That(routes.Server.Failures, Is.Empty);
        Assert.That(replies, Has.Count.GreaterThan(50));
        Assert.That(replies.Where(r => r.Status >= 500), Is.Empty);
        Assert.That(replies.Where(r => r.Status >= 400 && !IsInItsOwnWords(r)), Is.Empty);
    }

    private static bool IsInItsOwnWords(Reply reply)
    {
        var path = reply.Request.Split(' ')[1];
        return path switch
        {
            _ when path.StartsWith("/git/", StringComparison.Ordinal) || path.StartsWith("/heroku-git/", StringComparison.Ordinal) => true, // git's own
            _ when path.StartsWith("/slack/services/", StringComparison.Ordinal) => reply.Type == "text/plain" && reply.Text.Length > 0,
            _ when path.StartsWith("/sources/", StringComparison.Ordinal) || path.StartsWith("/codeload/", StringComparison.Ordinal) => true, // S3's and codeload's own
            _ when path.StartsWith("/api/v3", StringComparison.Ordinal) => Holds(reply, "message", "documentation_url"),
            _ when path.StartsWith("/papertrail/", StringComparison.Ordinal) => Holds(reply, "message"),
            _ when path.StartsWith("/sentry/", StringComparison.Ordinal) => Holds(reply, "detail") || Holds(reply, "version") || Holds(reply, "environment") || Holds(reply, "projects"),
            _ => Holds(reply, "id", "message"),
        };
    }

    private static bool Holds(Reply reply, params string[] names)
    {
        try
        {
            return JsonNode.Parse(reply.Text) is JsonObject body && names.All(body.ContainsKey);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // URLs that were handed out are their own secret; git and Slack have ways of their own; /sandbox says that it's there.
    private static bool IsOpen(string pattern) =>
        Array.Exists(["/streams/", "/log-sessions/", "/sources/{", "/backups/", "/slack/", "/git/", "/codeload/", "/heroku-git/pushed", "/sandbox"], open => pattern.StartsWith(open, StringComparison.Ordinal));

    private static string[] KnownNames(string pattern) =>
        [.. pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}', '*').Split(':')[0].Split('}')[0])];

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string Filled(JsonNode? value) =>
        new JsonObject(Fields.Select(f => KeyValuePair.Create(f, value?.DeepClone()))).ToJsonString();
}
