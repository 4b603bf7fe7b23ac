using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using ReleaseTasks.Running;
using ReleaseTasks.Tests.Plans;

namespace ReleaseTasks.Tests.Running;

/// <summary><c>Plan</c>, and then <c>Deploy</c>: what happened had been shown.</summary>
public sealed partial class Previewing
{
    /// <summary>Which requests that change the world belong to which part of a preview. What stands in no line has no business in a roll-out.</summary>
    private static readonly (string Request, string Shown)[] Effects =
    [
        ("POST /client/v11/databases/[^/]+/backups", "step backup-database"),
        ("POST /apps/sushi/addons", "step create-rollback-database"),
        ("POST /slack/.*", "step notify-users"),
        ("PUT /api/v3/repos/zupo/sushi/pulls/3/merge", "step merge"),
        ("PATCH /apps/sushi", "step maintenance-on"),
        ("POST /sources|POST /apps/sushi/builds|PUT /sources/.*|PUT .*/source.*", "step release"),
        ("(POST|PATCH|DELETE) /api/v3/repos/zupo/sushi/git/(refs|commits).*", "beside locked"),
        ("PATCH /api/v3/repos/zupo/sushi/pulls/3", "beside boxes"),
    ];

    private Stage _stage = null!;
    private string _text = null!;
    private string _graph = null!;
    private JsonNode _preview = null!;
    private IReadOnlyList<string> _lookedAt = null!;
    private IReadOnlyList<string> _requests = null!;
    private string _textAfterwards = null!;
    private string _graphAfterwards = null!;

    private IEnumerable<JsonNode> Journal => File.ReadAllLines(Path.Combine(_stage.Folder, ".release", "sandbox", "sushi-pr3", "journal.jsonl")).Select(line => JsonNode.Parse(line)!);

    [OneTimeSetUp]
    public async Task Look_then_deploy()
    {
        _stage = await Stage.SetAsync();
        using (var looking = _stage.Record())
        {
            _text = await _stage.RunAsync(run => run.PreviewAsync(default));
            _graph = From("flowchart", await _stage.RunAsync(run => run.PreviewAsync(default), ("format", "mermaid")));
            _preview = JsonNode.Parse(From("{\n", await _stage.RunAsync(run => run.PreviewAsync(default), ("format", "json"))))!;
            _lookedAt = looking.Requests;
        }

        using (var deploying = _stage.Record())
        {
            await _stage.RunAsync(run => run.RollOutAsync(Station.Deploy, default));
            _requests = deploying.Requests;
        }

        _textAfterwards = await _stage.RunAsync(run => run.PreviewAsync(default));
        _graphAfterwards = await _stage.RunAsync(run => run.PreviewAsync(default), ("format", "mermaid"));
    }

    [OneTimeTearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [Test]
    public void Changes_nothing() => Assert.That(_lookedAt.Where(request => !request.StartsWith("GET ", StringComparison.Ordinal)), Is.Empty.Or.All.StartsWith("POST /apps/sushi/log-sessions"));

    [Test]
    public void Shows_the_values_that_are_there_and_a_secret_by_its_length_alone()
    {
        Assert.That(_text, Does.Contain("config var MYVAR (set, 24 characters) → saved").And.Contain("maintenance off → on").And.Contain("release v51 → next").And.Contain("to Cleanup, 7 days after"));
        Assert.That(_stage.Environment.Where(variable => variable.Key.Contains("TOKEN", StringComparison.Ordinal) || variable.Key.Contains("KEY", StringComparison.Ordinal)).Where(secret => _text.Contains(secret.Value, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Shows_the_gates_as_they_stand_and_the_time_against_the_window() =>
        Assert.That(_text, Does.Contain("ok gate 'approved' is open: dz0ny, karantan approve").And.Contain("Expected to take 40 minutes: it is ").And.Contain("08:00–17:00 Europe/Ljubljana").And.Contain("Next: ./build.sh --target=Deploy"));

    [Test]
    public async Task Agrees_with_its_published_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(Examples.Resource("docs.preview.schema.json"));

        Assert.That(schema.Validate(_preview.ToJsonString()), Is.Empty);
    }

    [Test]
    public void Has_shown_every_step_that_the_journal_saw_begin()
    {
        var shown = _preview["steps"]!.AsArray().Select(step => step!["name"]?.GetValue<string>());
        var begun = Journal.Where(line => line["event"]!.GetValue<string>() == "step-started").Select(line => line["step"]!.GetValue<string>()).ToList();

        Assert.That(begun, Has.Count.EqualTo(9));
        Assert.That(begun, Is.SubsetOf(shown));
    }

    [Test]
    public void Has_shown_every_request_that_changed_the_world()
    {
        var steps = _preview["steps"]!.AsArray().Select(step => $"step {step!["name"]}").ToList();
        var beside = string.Concat(_preview["beside"]!.AsArray());

        Assert.That(_requests.Count(IsChange), Is.GreaterThan(10));
        Assert.Multiple(() =>
        {
            foreach (var request in _requests.Where(IsChange).Distinct())
            {
                var shown = Effects.FirstOrDefault(effect => Regex.IsMatch(request, $"^({effect.Request})$")).Shown;
                Assert.That(shown is not null && (steps.Contains(shown) || (shown.StartsWith("beside ", StringComparison.Ordinal) && beside.Contains(shown["beside ".Length..], StringComparison.Ordinal))), $"{request}: {shown}");
            }
        });
    }

    [Test]
    public void Draws_each_station_with_its_steps()
    {
        Assert.That(_graph, Does.StartWith("flowchart TD\n").And.Contain("subgraph MergePullRequest\n    s6[\"Merge #35;3 at ").And.Contain("\"]:::open\n"));
        Assert.That(Arrow().Count(_graph), Is.EqualTo(Node().Count(_graph)), "gates and steps hang together in one chain");
        Assert.That(_graph, Does.Contain("gates{{\"19 gates are open\"}}:::done"));
    }

    [Test]
    public void Shows_afterwards_what_is_done()
    {
        Assert.That(_textAfterwards, Does.Contain("ok Release the merge commit: done, v5").And.Contain("Deploy would do nothing: all of it is done.").And.Contain("Next: ./build.sh --target=Verify"));
        Assert.That(_graphAfterwards, Does.Contain("Release the merge commit\"]:::done").And.Not.Contain("]:::open"));
    }

    private static bool IsChange(string request) => !request.StartsWith("GET ", StringComparison.Ordinal) && !request.EndsWith("/log-sessions", StringComparison.Ordinal);

    /// <summary>What a run tells people goes to standard error where something for machines is asked for; on this stage both are one.</summary>
    private static string From(string start, string printed) => printed[printed.IndexOf(start, StringComparison.Ordinal)..];

    [GeneratedRegex(@"-->|-\.->")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^    s\d+\[", RegexOptions.Multiline)]
    private static partial Regex Node();
}
