using System.Net;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class Deployments
{
    [Test]
    public async Task Of_a_branch_behind_the_default_one_merge_that_into_it_instead()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var master = await github.CommitAsync("master", "other", "1");

        var merged = await zupo.SendAsync("POST", "deployments", new { @ref = "topic" });
        var deployed = await zupo.SendAsync("POST", "deployments", new { @ref = "topic" });

        Assert.That((merged.Status, merged.Text("message")), Is.EqualTo((HttpStatusCode.Accepted, "Auto-merged master into topic on deployment.")));
        Assert.That(await github.Git.ContainsAsync(github.Head, master, default), Is.True);
        Assert.That((deployed.Status, deployed.Text("sha"), deployed.Text("environment")), Is.EqualTo((HttpStatusCode.Created, github.Head, "production")));
    }

    [Test]
    public async Task Are_refused_while_any_check_is_not_green_unless_none_is_asked_for()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        github.World.SetStatus(github.Sushi, github.Head, "build", "pending");

        var refused = await zupo.SendAsync("POST", "deployments", new { @ref = github.Head, auto_merge = false });
        var missing = await zupo.SendAsync("POST", "deployments", new { @ref = github.Head, auto_merge = false, required_contexts = new[] { "lint" } });
        var allowed = await zupo.SendAsync(
            "POST", "deployments",
            new { @ref = github.Head, auto_merge = false, required_contexts = Array.Empty<string>(), task = "rollout", payload = new { pull = "1" } });

        Assert.That((refused.Status, missing.Status), Is.EqualTo((HttpStatusCode.Conflict, HttpStatusCode.Conflict)));
        Assert.That((allowed.Status, allowed.Text("task"), allowed.Text("payload", "pull")), Is.EqualTo((HttpStatusCode.Created, "rollout", "1")));
        Assert.That((await zupo.AskAsync("deployments?task=rollout")).Body!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await zupo.AskAsync("deployments?task=deploy")).Body!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Retire_earlier_ones_of_their_environment_but_never_productions()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var states = new List<string?>();

        foreach (var environment in new[] { "staging", "production" })
        {
            var earlier = await DeployAsync(environment);
            await DeployAsync(environment);
            states.Add((await zupo.AskAsync($"deployments/{earlier}/statuses")).Body![0]!["state"]!.ToString());
        }

        Assert.That(states, Is.EqualTo(new[] { "inactive", "success" }));

        async Task<string?> DeployAsync(string environment)
        {
            var deployment = await zupo.SendAsync("POST", "deployments", new { @ref = github.Head, auto_merge = false, environment });
            await zupo.SendAsync("POST", $"deployments/{deployment.Text("id")}/statuses", new { state = "success", log_url = "https://example.com/log" });
            return deployment.Text("id");
        }
    }

    [Test]
    public async Task Refuse_a_status_that_says_too_much()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var deployment = await zupo.SendAsync("POST", "deployments", new { @ref = github.Head, auto_merge = false });
        var path = $"deployments/{deployment.Text("id")}/statuses";

        var fits = await zupo.SendAsync("POST", path, new { state = "in_progress", description = new string('a', 140) });
        var long1 = await zupo.SendAsync("POST", path, new { state = "in_progress", description = new string('a', 141) });

        Assert.That((fits.Status, long1.Status), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity)));
    }
}
