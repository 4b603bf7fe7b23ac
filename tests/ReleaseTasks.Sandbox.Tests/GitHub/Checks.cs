using System.Net;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class Checks
{
    [Test]
    public async Task Are_pending_with_a_count_of_none_where_there_is_no_status()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var combined = await zupo.AskAsync("commits/topic/status");

        Assert.That((combined.Text("state"), combined.Text("total_count"), combined.Text("sha")), Is.EqualTo(("pending", "0", github.Head)));
    }

    [Test]
    public async Task Combine_the_newest_status_of_each_context()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var states = new List<string?>();

        foreach (var (context, state) in new[] { ("a", "error"), ("a", "success"), ("b", "pending"), ("b", "success") })
        {
            await zupo.SendAsync("POST", $"statuses/{github.Head}", new { context, state, description = "…" });
            states.Add((await zupo.AskAsync($"commits/{github.Head}/status")).Text("state"));
        }

        Assert.That(states, Is.EqualTo(new[] { "failure", "success", "pending", "success" }));
        Assert.That((await zupo.AskAsync($"commits/{github.Head}/statuses")).Body!.AsArray(), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Are_paged_inside_the_combined_status_too()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        for (var i = 0; i < 31; i++)
        {
            github.World.SetStatus(github.Sushi, github.Head, $"context-{i}", "success");
        }

        var first = await zupo.AskAsync("commits/topic/status");
        var second = await zupo.AskAsync("commits/topic/status?page=2");

        Assert.That((first.Body!["statuses"]!.AsArray().Count, second.Body!["statuses"]!.AsArray().Count), Is.EqualTo((30, 1)));
        Assert.That(first.Text("total_count"), Is.EqualTo("31"));
    }

    [Test]
    public async Task Refuse_an_unknown_state_and_an_unknown_commit()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var state = await zupo.SendAsync("POST", $"statuses/{github.Head}", new { state = "fine" });
        var commit = await zupo.SendAsync("POST", $"statuses/{new string('a', 40)}", new { state = "success" });

        Assert.That((state.Status, commit.Status), Is.EqualTo((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity)));
        Assert.That(commit.Text("message"), Does.StartWith("No commit found for SHA"));
    }

    [Test]
    public async Task Are_run_by_apps_with_annotations_and_never_by_people()
    {
        await using var github = await GitHubHost.StartAsync();
        using var app = github.As("checker[bot]");
        using var zupo = github.As("zupo");
        var annotation = new { path = "README", start_line = 3, end_line = 3, annotation_level = "warning", message = "four" };

        var refused = await zupo.SendAsync("POST", "check-runs", new { name = "plan", head_sha = github.Head });
        var run = await app.SendAsync("POST", "check-runs", new { name = "plan", head_sha = github.Head, status = "in_progress" });
        var path = $"check-runs/{run.Text("id")}";
        var done = await app.SendAsync("PATCH", path, new { conclusion = "failure", output = new { title = "Plan", summary = "1 problem", annotations = new[] { annotation } } });

        Assert.That((refused.Status, refused.Text("message")), Is.EqualTo((HttpStatusCode.Forbidden, "You must authenticate via a GitHub App.")));
        Assert.That((done.Text("status"), done.Text("conclusion"), done.Text("output", "annotations_count")), Is.EqualTo(("completed", "failure", "1")));
        var listed = await zupo.AskAsync("commits/topic/check-runs");
        Assert.That((listed.Text("total_count"), listed.Body!["check_runs"]![0]!["name"]!.ToString()), Is.EqualTo(("1", "plan")));
        Assert.That((await zupo.AskAsync(path + "/annotations")).Body![0]!["message"]!.ToString(), Is.EqualTo("four"));
    }
}
