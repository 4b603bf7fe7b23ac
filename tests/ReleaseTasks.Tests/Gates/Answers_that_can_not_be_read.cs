using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Running;
using ReleaseTasks.Tests.Running;
using Stage = ReleaseTasks.Tests.Running.Stage;

namespace ReleaseTasks.Tests.Gates;

/// <summary>Every read of <c>Preflight</c>, and how its answer may fail: what nobody could read opens no gate and hides no other answer.</summary>
public sealed partial class Answers_that_can_not_be_read
{
    private const string Repo = "/api/v3/repos/zupo/sushi";

    /// <summary>
    /// Where nothing is there anyway, "there is none" is a proper answer; rule sets are younger than some GitHub Enterprise Servers; and an app
    /// needs no config var.
    /// </summary>
    private static readonly (string Read, string[] Faults)[] Proper =
    [
        ("journal's copy", ["404", "half", "nulls"]),
        ("lock", ["404", "half", "nulls"]),
        ("rule sets", ["404", "nulls"]),
        ("config vars", ["{}", "nulls"]),
    ];

    private static readonly (string Name, string Request)[] Reads =
    [
        ("pull request", $"{Repo}/pulls/3"),
        ("journal's copy", $"{Repo}/git/ref/release-journals/sushi-pr3"),
        ("lock", $"{Repo}/git/ref/release-locks/sushi"),
        ("who asks", "/api/v3/user"),
        ("reviews", $"{Repo}/pulls/3/reviews"),
        ("check runs", $"{Repo}/commits/ID/check-runs"),
        ("statuses", $"{Repo}/commits/ID/status"),
        ("branch", $"{Repo}/branches/master"),
        ("rule sets", $"{Repo}/rules/branches/master"),
        ("app", "/apps/sushi"),
        ("config vars", "/apps/sushi/config-vars"),
        ("attachments", "/apps/sushi/addon-attachments"),
        ("database", "/client/v11/databases/ID"),
        ("releases", "/apps/sushi/releases"),
        ("account", "/account"),
        ("rate limit", "/account/rate-limits"),
        ("preboot", "/apps/sushi/features/preboot"),
    ];

    private Stage _stage = null!;
    private Stage _hasty = null!;

    private static IEnumerable<TestCaseData> Faults() =>
    [
        .. from read in Reads
           from fault in new[] { "404", "403", "500", "drop", "html", "{}", "half", "nulls" }
           where !Proper.Any(proper => proper.Read == read.Name && proper.Faults.Contains(fault))
           select new TestCaseData(read.Name, fault),
        .. from slow in new[] { ("rule sets", "hang"), ("pull request", "hang"), ("releases", "hang"), ("reviews", "429") }
           select new TestCaseData(slow.Item1, slow.Item2),
    ];

    [OneTimeSetUp]
    public async Task Set_the_stage()
    {
        _stage = await Stage.SetAsync(usual => usual with { SimulateDatabases = true });

        // Two minutes of patience are twelve seconds.
        _hasty = await Stage.SetAsync(usual => usual with { SimulateDatabases = true, Speed = 10 });
    }

    [SetUp]
    public void Restore() => _stage.Meddle = _hasty.Meddle = null;

    [OneTimeTearDown]
    public async Task Leave_the_stage()
    {
        await _stage.DisposeAsync();
        await _hasty.DisposeAsync();
    }

    [Test]
    public async Task Are_asked_for_once_each_and_are_all_of_these()
    {
        using var record = _stage.Record();

        await PreflightAsync(_stage);

        // The pull request first, for its plan, and again beside the others; further times while GitHub finds out whether it can be merged.
        var asked = record.Requests.Where(request => request is not "GET /" and not "GET /sandbox").Select(request => Name(request) ?? request);
        // Config vars twice: for what is masked, and for the key.
        Assert.That(
            asked.Where(name => name != "pull request"),
            Is.EquivalentTo([.. Reads.Select(read => read.Name).Except(["pull request"]), "config vars"]));
    }

    [TestCaseSource(nameof(Faults))]
    public async Task Close_their_own_gates_and_leave_the_others_their_answers(string read, string fault)
    {
        _hasty.Meddle = Failing(read, fault);

        await Assert.ThrowsAsync<GateClosedException>(() => PreflightAsync(_hasty));

        var answers = _hasty.Printed.Split('\n').Where(line => line.Contains(" gate '", StringComparison.Ordinal)).ToList();
        var open = answers.Count(line => line.StartsWith("  ok", StringComparison.Ordinal));
        Assert.That(answers, Has.Count.EqualTo(19), _hasty.Printed);
        Assert.That(open, Is.InRange(read == "pull request" ? 5 : 12, 18), _hasty.Printed);
        Assert.That(_hasty.Printed, Does.Not.Contain("Object reference"));
    }

    [TestCaseSource(nameof(WhatIsProper))]
    public async Task Open_what_they_may(string read, string fault)
    {
        _stage.Meddle = Failing(read, fault);

        await PreflightAsync(_stage);

        Assert.That(_stage.Printed, Does.Not.Contain("!!"));
    }

    [Test]
    public async Task Say_what_is_waited_for()
    {
        _hasty.Meddle = Failing("reviews", "hang");

        await Assert.ThrowsAsync<GateClosedException>(() => PreflightAsync(_hasty));

        Assert.That(_hasty.Printed, Does.Contain("     waiting for the reviews of #3\n").And.Contain("gate 'approved' is closed: the reviews of #3 can't be read: no answer came within 120 seconds."));
    }

    [TestCase("GITHUB_TOKEN", "whose token this is can't be read: GitHub refused GET /api/v3/user: Bad credentials (401", "'rate-limit'")]
    [TestCase("HEROKU_API_KEY", "whose app this is can't be read: Heroku refused GET /a", "'approved'")]
    public async Task For_a_token_that_is_refused_close_the_gate_that_names_it(string variable, string why, string answered)
    {
        var leave = await _stage.SurroundAsync((variable, "n0-such-token"));

        await Assert.ThrowsAsync<GateClosedException>(() => PreflightAsync(_stage));

        await leave();
        Assert.That(_stage.Printed, Does.Contain($"!! gate 'access' is closed: {why}").And.Contain("Where a token is refused, check GITHUB_TOKEN and HEROKU_API_KEY;"));
        Assert.That(_stage.Printed, Does.Contain($"ok gate {answered} is open"));
    }

    [TestCase("pull request")]
    [TestCase("app")]
    public async Task Change_nothing_in_the_world(string read)
    {
        _stage.Meddle = Failing(read, "403");
        using var record = _stage.Record();

        await Assert.ThrowsAsync<GateClosedException>(() => _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default), ("pr", "3")));

        Assert.That(record.Requests, Is.Not.Empty.And.All.StartsWith("GET "));
        Assert.That(Directory.Exists(Path.Combine(_stage.Folder, ".release", "sandbox", "sushi-pr3")), Is.False);
    }

    [Test]
    public async Task Of_an_unknown_pull_request_are_a_closed_gate()
    {
        var e = await Assert.ThrowsAsync<GateClosedException>(() => _stage.RunAsync(run => run.PreflightAsync(default), ("pr", "99")));

        Assert.That(_stage.Printed, Does.Contain("gate 'state' is closed: #99 can't be read: GitHub refused GET /api/v3/repos/zupo/sushi/pulls/99: Not Found (404"));
        Assert.That(e!.Message, Does.EndWith("Nothing was changed. Put that right and run the same command again."));
    }

    private static IEnumerable<TestCaseData> WhatIsProper() => Proper.SelectMany(proper => proper.Faults.Select(fault => new TestCaseData(proper.Read, fault)));

    private static Task PreflightAsync(Stage stage) => stage.RunAsync(run => run.PreflightAsync(default), ("pr", "3"));

    private static Func<HttpContext, RequestDelegate, Task> Failing(string read, string fault) => (context, next) =>
        Name($"{context.Request.Method} {context.Request.Path}") == read ? FailAsync(fault, context, next) : next(context);

    /// <summary>Null for what isn't known here.</summary>
    private static string? Name(string request)
    {
        var known = Ids().Replace(request, "$1ID");
        return Reads.FirstOrDefault(read => $"GET {read.Request}" == known).Name;
    }

    [GeneratedRegex("^(GET .*/(?:commits|databases)/)[0-9a-f-]{36,40}")]
    private static partial Regex Ids();

    private static async Task FailAsync(string fault, HttpContext context, RequestDelegate next)
    {
        switch (fault)
        {
            case "404" or "403" or "500" or "429":
                await RefuseAsync(context, int.Parse(fault, null), "Resource not accessible by personal access token");
                break;
            case "drop":
                context.Abort();
                break;
            case "hang":
                await HangAsync(context);
                break;
            case "html":
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync("<html><body>Sign in</body></html>");
                break;
            case "{}":
                await context.Response.WriteAsJsonAsync(new { });
                break;
            case "half":
                await Tampering.Rewriting(body => body[..(body.Length / 2)])(context, next);
                break;
            case "nulls":
                await Tampering.Rewriting(Nulls)(context, next);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "unknown");
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { id = "fault", message });
    }

    /// <summary>Until the client gives up.</summary>
    private static async Task HangAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource();
        await using var registered = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    private static byte[] Nulls(byte[] body)
    {
        var json = JsonNode.Parse(body)!;
        foreach (var item in json is JsonArray list ? list.OfType<JsonObject>().ToList() : [json.AsObject()])
        {
            foreach (var name in item.Select(property => property.Key).ToList())
            {
                item[name] = null;
            }
        }

        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }
}
