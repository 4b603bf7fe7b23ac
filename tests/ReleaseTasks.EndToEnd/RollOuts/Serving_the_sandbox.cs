using System.Net.Http.Json;

namespace ReleaseTasks.EndToEnd.RollOuts;

/// <summary>The target <c>Sandbox</c>: what it takes, what it says when it stops, and who may use it meanwhile.</summary>
[Platform(Exclude = "Win")]
public sealed class Serving_the_sandbox
{
    private string _folder = null!;

    [SetUp]
    public void Make_a_folder()
    {
        _folder = Directory.CreateTempSubdirectory("serving-").FullName;
        File.Copy(Repository.PathOf("build", "release.json"), Path.Combine(_folder, "release.json"));
    }

    [TearDown]
    public void Remove_it() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Says_when_it_stops_what_it_did_not_know_and_what_became_of_the_faults()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".sandbox"));
        await File.WriteAllTextAsync(Path.Combine(_folder, ".sandbox", "faults.json"), """[{ "on": "GET /schema", "do": "answer", "status": 500 }]""");
        await using var sandbox = await ServeAsync("--fault=release phase: fail");
        using var client = await ClientAsync(sandbox);
        await client.GetAsync(new Uri("/no/such/thing?with=query", UriKind.Relative));
        await client.GetAsync(new Uri("/schema", UriKind.Relative));

        await sandbox.SignalAsync("TERM", default);
        var ended = await sandbox.FinishedAsync(default);

        Assert.That(ended.Lines[(Array.IndexOf(ended.Lines, "ready") + 1)..], Is.EqualTo(
        [
            "# not stood in for: GET /no/such/thing",
            "# fault release phase: fail — never happened",
            "# fault GET /schema: answer status=500 — happened at GET /schema",
        ]));
    }

    [Test]
    public async Task Has_kept_everything_that_it_had_answered_when_it_is_killed()
    {
        var answered = new List<string>();
        await using (var killed = await ServeAsync())
        {
            using var client = await ClientAsync(killed);
            var killing = Task.CompletedTask;
            for (var i = 0; await CreateAppAsync(client, $"app-{i}"); i++)
            {
                answered.Add($"app-{i}");
                killing = i == 20 ? killed.SignalAsync("KILL", default) : killing;
            }

            await killing;
        }

        await using var restarted = await ServeAsync();
        using var again = await ClientAsync(restarted);
        var apps = await again.GetStringAsync(new Uri("/apps", UriKind.Relative));

        Assert.That(answered, Has.Count.GreaterThan(20).And.All.Matches<string>(name => apps.Contains($"\"{name}\"", StringComparison.Ordinal)));
        Assert.That(await CreateAppAsync(again, "one-more"));
    }

    [Test]
    public async Task Refuses_a_script_of_faults_that_it_cannot_follow()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".sandbox"));
        await File.WriteAllTextAsync(Path.Combine(_folder, ".sandbox", "faults.json"), """[{ "on": "GET /", "do": "explode" }]""");
        await using var sandbox = await PublishedProgram.StartAsync(_folder, "--target=Sandbox");

        var ended = await sandbox.FinishedAsync(default);

        Assert.That(ended.ExitCode, Is.EqualTo(2), ended.ToString());
        Assert.That(ended.Errors, Does.Contain("faults.json, entry 1: do 'explode' on 'GET /'").And.Contain("Nothing was changed."));
    }

    [Test]
    public async Task Has_its_own_arguments_so_that_a_run_beside_it_may_bring_none()
    {
        await using var sandbox = await ServeAsync("--speed=60");
        await using var status = await PublishedProgram.StartAsync(_folder, "--target=Plan", "--fault=build: fail");

        var ended = await status.FinishedAsync(default);

        Assert.That(ended.ExitCode, Is.EqualTo(2), ended.ToString());
        Assert.That(ended.Errors, Does.Contain($"--fault=build: fail: a sandbox is being served already, by process {sandbox.Id}."));
    }

    [Test]
    public async Task Says_of_simulated_databases_that_they_are_and_so_does_each_step_that_uses_them()
    {
        await using var rehearsal = await PublishedProgram.StartAsync(_folder, "--target=Rehearse", "--databases=simulated");

        var ended = await rehearsal.FinishedAsync(default);

        Assert.That(ended.ExitCode, Is.Zero, ended.ToString());
        Assert.That(ended.Lines.Count(line => line.Contains("databases and migrations are simulated.", StringComparison.Ordinal)), Is.EqualTo(1), ended.Output);
        var steps = ended.Lines.Where(line => line.StartsWith("  ok ", StringComparison.Ordinal) && (line.Contains("Back up DATABASE", StringComparison.Ordinal) || line.Contains("Create rollback database", StringComparison.Ordinal) || line.Contains("Promote ", StringComparison.Ordinal))).ToList();
        Assert.That(steps, Has.Count.GreaterThanOrEqualTo(3).And.All.Contains("simulated"), ended.Output);
    }

    [Test]
    public async Task Is_none_of_production_s_business()
    {
        await using var deploy = await PublishedProgram.StartAsync(_folder, "--target=Deploy", "--environment=production", "--speed=60");

        var ended = await deploy.FinishedAsync(default);

        Assert.That(ended.ExitCode, Is.EqualTo(2), ended.ToString());
        Assert.That(ended.Errors, Does.Contain("--speed=60: only a sandbox has these"));
    }

    [Test]
    public async Task Goes_at_another_speed_through_a_whole_rehearsal()
    {
        await using var rehearsal = await PublishedProgram.StartAsync(_folder, "--target=Rehearse", "--speed=60", "--fault=GET /nothing: hang");

        var ended = await rehearsal.FinishedAsync(default);

        Assert.That(ended.ExitCode, Is.Zero, ended.ToString());
        Assert.That(ended.Output, Does.Contain("was rolled back. Nothing real was changed.").And.Contain("Sandbox: fault GET /nothing: hang — never happened"));
    }

    private async Task<Command> ServeAsync(params IEnumerable<string> arguments)
    {
        var sandbox = await PublishedProgram.StartAsync(_folder, [.. arguments, "--target=Sandbox"]);
        await sandbox.PrintedAsync("ready", default);
        return sandbox;
    }

    /// <summary>False when nobody answers.</summary>
    private static async Task<bool> CreateAppAsync(HttpClient client, string name)
    {
        try
        {
            using var answer = await client.PostAsJsonAsync(new Uri("/apps", UriKind.Relative), new { name });
            return answer.EnsureSuccessStatusCode().IsSuccessStatusCode;
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            return false;
        }
    }

    private static async Task<HttpClient> ClientAsync(Command sandbox)
    {
        var printed = await sandbox.PrintedAsync("ready", default);
        var client = new HttpClient { BaseAddress = new Uri(Printed("HEROKU_HOST")) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Printed("HEROKU_API_KEY"));
        client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.heroku+json; version=3");
        return client;

        string Printed(string name) => printed.Single(line => line.StartsWith($"export {name}=", StringComparison.Ordinal)).Split('=')[1];
    }
}
