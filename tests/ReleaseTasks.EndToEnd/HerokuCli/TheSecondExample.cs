using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>The procedure's Example 2 by hand, with the CLI alone, on real databases and real migrations: there and back.</summary>
public sealed class TheSecondExample
{
    [Test]
    public async Task Loses_no_username_when_it_is_rolled_back()
    {
        await using var heroku = await CliHost.StartSampleAsync();
        if (heroku.Sandbox.Notices.Count > 0)
        {
            Assert.Ignore(string.Join(' ', heroku.Sandbox.Notices));
        }

        var before = await UsersAsync(heroku);
        var asked = await heroku.RunAsync("pg:psql", "--command", "select username from users order by 1 limit 1");
        await heroku.SucceedAsync(
            "addons:create", "heroku-postgresql:standard-0", "--rollback", "HEROKU_POSTGRESQL_YELLOW", "--to", "now", "--as", "HEROKU_POSTGRESQL_SILVER", "--wait");
        await heroku.SucceedAsync("pg:wait");
        await heroku.SucceedAsync("maintenance:on");
        await DeployAsync(heroku, "remove-username");
        await heroku.SucceedAsync("maintenance:off");
        var migrated = await UsersAsync(heroku);

        await heroku.SucceedAsync("maintenance:on");
        await heroku.SucceedAsync("ps:scale", "worker=0");
        await heroku.SucceedAsync("run:detached", "alembic stamp --purge 0001");
        await heroku.UntilAsync(_ => heroku.LogLines.Any(l => l.Contains("[run.", StringComparison.Ordinal) && l.EndsWith("exited with status 0", StringComparison.Ordinal)), "the mark is set");
        var rollback = await heroku.SucceedAsync("rollback", "v51");
        await SettledAsync(heroku);
        await heroku.SucceedAsync("pg:promote", "HEROKU_POSTGRESQL_SILVER");
        await SettledAsync(heroku);
        await heroku.SucceedAsync("maintenance:off");
        var after = await UsersAsync(heroku);

        Assert.That(asked.Output, Does.Contain("username").And.Contain("(1 row)"), asked.ToString());
        Assert.That(before, Does.Contain("user").And.Not.EqualTo(migrated), rollback);
        Assert.That(after, Is.EqualTo(before));
    }

    private static async Task DeployAsync(CliHost heroku, string branch)
    {
        var git = Path.Combine(heroku.Folder, "sandbox", "git", "zupo", "sushi.git");
        var archive = Path.Combine(heroku.Folder, "source.tgz");
        await Command.RunAsync(heroku.Folder, "git", ["-C", git, "archive", "--format=tar.gz", "-o", archive, branch], CancellationToken.None);
        using var client = new HttpClient { BaseAddress = heroku.Sandbox.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.heroku+json; version=3");
        client.DefaultRequestHeaders.Authorization = new("Bearer", heroku.Sandbox.Environment["HEROKU_API_KEY"]);

        var source = await AnswerAsync(await client.PostAsync("/sources", content: null));
        using var anonymous = new HttpClient();
        var upload = await anonymous.PutAsync(source["source_blob"]!["put_url"]!.GetValue<string>(), new ByteArrayContent(await File.ReadAllBytesAsync(archive)));
        upload.EnsureSuccessStatusCode();
        await AnswerAsync(await client.PostAsJsonAsync("/apps/sushi/builds", new { source_blob = new { url = source["source_blob"]!["get_url"]!.GetValue<string>(), version = branch } }));
        await heroku.UntilAsync(w => w.FindApp("sushi")!.Builds.TrueForAll(b => b.Status == BuildStatus.Succeeded), "the build has succeeded");
        await SettledAsync(heroku);
        Assert.That(heroku.Sushi.Current!.Description, Is.EqualTo($"Deploy {branch}"));
    }

    private static async Task<JsonNode> AnswerAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;

    private static Task SettledAsync(CliHost heroku) =>
        heroku.UntilAsync(w => w.FindApp("sushi")!.Releases.TrueForAll(r => r.Status != ReleaseStatus.Pending), "no release is pending");

    /// <summary>The page of users as a visitor sees it; the router waits until the app is up.</summary>
    private static async Task<string> UsersAsync(CliHost heroku)
    {
        using var visitor = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(heroku.Sandbox.Address, "/users"));
        request.Headers.Host = $"sushi.localhost:{heroku.Sandbox.Address.Port}";
        using var answer = await visitor.SendAsync(request);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {page}\n{string.Join('\n', heroku.LogLines)}");
        return page;
    }
}
