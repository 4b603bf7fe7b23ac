using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;
using Account = ReleaseTasks.Sandbox.Heroku.World.Account;

namespace ReleaseTasks.Sandbox.Sample;

/// <summary>The app <c>sushi</c> at release v51, its database filled.</summary>
internal sealed class SampleApp(SandboxParts parts, HerokuStandIn heroku)
{
    private const string Name = SandboxServer.SampleApp;
    private const string Database = "postgresql-contoured-24680";
    private const int Releases = 51;

    private readonly SlugSeeder _slugs = new(parts, heroku);

    /// <summary>An empty database, running.</summary>
    public Task CreateDatabaseAsync(CancellationToken ct) => parts.Databases.CreateAsync(Database, ct);

    /// <param name="deployed">The deployed commits, oldest first.</param>
    /// <param name="ct">Gives up; the next start begins again.</param>
    public async Task BuildAsync(IReadOnlyList<SampleRepository.Commit> deployed, CancellationToken ct)
    {
        var world = new HerokuWorld();
        var app = Found(world, deployed[0].At.AddDays(-1));
        List<Slug> slugs = [.. deployed.Select(commit => _slugs.Add(app, commit.Id, commit.At, commit.Files))];
        TellReleases(app, world.Accounts[0], world.Accounts[1], slugs);
        app.SetFormation("web", 1, deployed[0].At);
        app.SetFormation("worker", 1, deployed[0].At);
        app.SetFormation("release", 0, deployed[0].At);
        await FillDatabaseAsync(app, ct);
        heroku.Store.Change(saved => saved.Take(world)); // last: a world that is saved is complete
    }

    private App Found(HerokuWorld world, DateTimeOffset at)
    {
        var jim = world.CreateAccount("jim@example.com", at); // the first: its key is the one that the sandbox hands out
        var stephan = world.CreateAccount("stephan@example.com", at);
        var app = world.CreateApp(Name, jim, at);
        app.AddCollaborator(stephan, at);
        app.AddRelease(jim, "Initial release", at);
        app.AddRelease(jim, "Enable Logplex", at);
        var url = parts.Databases.UrlOf(Database).OriginalString;
        world.AddAddOn(app, "heroku-postgresql:standard-0", Database, [new("URL", url)], at, "DATABASE", "HEROKU_POSTGRESQL_YELLOW");
        app.AddRelease(jim, $"Attach DATABASE (@ref:{Database})", at);
        app.ConfigVars["MYVAR"] = MadeUp(24);
        app.AddRelease(jim, "Set MYVAR config vars", at);
        return app;
    }

    /// <summary>The deploys, and changes of a config var evenly between them.</summary>
    private static void TellReleases(App app, Account jim, Account stephan, List<Slug> slugs)
    {
        var deploys = new[] { app.Releases.Count + 1, 28, Releases };
        foreach (var ((version, slug), (next, nextSlug)) in deploys.Zip(slugs).Zip(deploys.Zip(slugs).Skip(1)))
        {
            app.AddRelease(stephan, Builder.Describe(slug), slug.CreatedAt, slug);
            var pause = (nextSlug.CreatedAt - slug.CreatedAt) / (next - version);
            for (var change = 1; change < next - version; change++)
            {
                app.ConfigVars["PAGE_SIZE"] = $"{10 + change}";
                app.AddRelease(change % 2 == 0 ? jim : stephan, "Set PAGE_SIZE config vars", slug.CreatedAt + (pause * change));
            }
        }

        app.AddRelease(stephan, Builder.Describe(slugs[^1]), slugs[^1].CreatedAt, slugs[^1]);
    }

    private async Task FillDatabaseAsync(App app, CancellationToken ct)
    {
        await RunAsync(app, app.CurrentSlug!.ReleaseCommand!, ct);
        if (parts.Databases.Notice is null && parts.Dynos.Notice is null)
        {
            await RunAsync(app, "python3 -m sushi.seed", ct);
        }
    }

    private async Task RunAsync(App app, string command, CancellationToken ct)
    {
        var (status, output) = await _slugs.RunAsync(app, command, ct);
        if (status != 0)
        {
            throw new PostgresException($"The sample world couldn't be made: '{command}' ended with {status}.\n{output}");
        }
    }

    // Always the same, and not a text that could be taken for somebody's secret.
    private static string MadeUp(int length) => new(new Random(length).GetItems("abcdefghijkmnpqrstuvwxyz23456789".AsSpan(), length));
}
