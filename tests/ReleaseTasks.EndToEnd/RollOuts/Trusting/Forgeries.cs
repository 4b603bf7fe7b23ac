using System.Text.Json;

namespace ReleaseTasks.EndToEnd.RollOuts.Trusting;

/// <summary>Journals as somebody would write them who knows the format and may push, and who has no key.</summary>
internal static class Forgeries
{
    private const string At = "\"v\":1,\"at\":\"2026-11-23T09:00:00+00:00\"}";

    /// <summary>A roll-out whose gates were open, they say, and that has begun: the rest is a command of theirs.</summary>
    public static string Begun(string rollout, int pullRequest, string head, string plan) => Lines(
        $$"""{"event":"rollout-started","rollout":"{{rollout}}","app":"sushi","pullRequest":{{pullRequest}},"headSha":"{{head}}","plan":{{JsonSerializer.Serialize(plan)}},"owner":"zupo","host":"laptop",""" + At,
        """{"event":"gates-opened","gates":["gate 'approved' is open: 2 of 2"],""" + At,
        """{"event":"step-started","step":"merge","title":"Merge","before":{"head":"1","base":"2"},""" + At);

    /// <summary>The same with a past of their choice: how the app was found, which database was made, what was set, and which revision there was.</summary>
    public static string WithPast(string rollout, int pullRequest, string head, object found, string database) => Begun(rollout, pullRequest, head, "") + Lines(
        Step("record-state", found, found),
        Step("create-rollback-database", new { source = database, plan = "heroku-postgresql:standard-0", name = database, to = "2026-11-23T09:00:00+00:00" }, new { id = "00000000-0000-0000-0000-000000000001", name = database, configVars = new[] { "EVIL_URL" } }),
        Step("config-unset:MYVAR", new { hashes = new Dictionary<string, string?> { ["MYVAR"] = null, ["MOTTO"] = null }, newest = 51, wanted = new Dictionary<string, string?>() }, new { version = 52 }),
        Step("release", new { }, new { version = 52 }),
        Step("run:20", new { command = new[] { "echo", "forged" } }, new { exitStatus = 0 }));

    private static string Step(string name, object before, object after) => Lines(
        $$"""{"event":"step-started","step":"{{name}}","title":"{{name}}","before":{{JsonSerializer.Serialize(before)}},""" + At,
        $$"""{"event":"step-finished","step":"{{name}}","after":{{JsonSerializer.Serialize(after)}},"evidence":"done","simulated":false,""" + At);

    private static string Lines(params string[] lines) => string.Concat(lines.Select(line => line.EndsWith('\n') ? line : line + "\n"));
}
