using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Sample;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Staging;

/// <summary>The project's app on the sandbox's Heroku: the main branch's commit is its current release, on databases with that commit's schema.</summary>
internal sealed class StagedApp(Stage stage, SandboxParts parts, HerokuStandIn heroku)
{
    private const string DefaultPlan = "heroku-postgresql:standard-0";

    private readonly SlugSeeder _slugs = new(parts, heroku);

    public async Task BuildAsync(StagedRepository repository, CancellationToken ct)
    {
        var now = parts.Clock.GetUtcNow();
        var world = new HerokuWorld();
        var owner = world.CreateAccount("owner@example.com", now); // the first: its key is the one that the sandbox hands out
        var app = world.CreateApp(stage.App, owner, now);
        app.AddRelease(owner, "Initial release", now);
        app.AddRelease(owner, "Enable Logplex", now);
        await AddDatabasesAsync(world, app, now, ct);
        foreach (var name in stage.ConfigVars.Where(name => !app.ConfigVars.ContainsKey(name)))
        {
            app.ConfigVars[name] = $"rehearsed-{name.ToLowerInvariant()}";
        }

        while (app.Releases.Count < stage.Release - 1)
        {
            app.AddRelease(owner, "Set config vars", now);
        }

        var slug = await _slugs.AddAsync(app, stage.Base, now, stream => repository.ArchiveBaseAsync(stream, ct), ct);
        app.AddRelease(owner, Builder.Describe(slug), now, slug);
        AddFormation(app, slug, now);
        await MakeSchemaAsync(app, ct);
        heroku.Store.Change(saved => saved.Take(world)); // last: a world that is saved is complete
    }

    private async Task AddDatabasesAsync(HerokuWorld world, App app, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var (plan, attachments) in stage.Databases)
        {
            var known = AddOnPlans.All.FirstOrDefault(p => p.Name == plan && p.IsPostgres) ?? AddOnPlans.Find(DefaultPlan)!;
            var name = AddOnNames.New(world, known, new Random(world.AddOns.Count));
            await parts.Databases.CreateAsync(name, ct);
            world.AddAddOn(app, known.Name, name, [new("URL", parts.Databases.UrlOf(name).OriginalString)], now, attachments);
        }
    }

    private void AddFormation(App app, Slug slug, DateTimeOffset now)
    {
        foreach (var type in slug.ProcessTypes.Keys)
        {
            app.SetFormation(type, type == "release" ? 0 : stage.Formation.GetValueOrDefault(type, 1), now);
        }
    }

    private async Task MakeSchemaAsync(App app, CancellationToken ct)
    {
        if (app.CurrentSlug!.ReleaseCommand is not { } command)
        {
            return;
        }

        var (status, output) = await _slugs.RunAsync(app, command, ct);
        if (status != 0)
        {
            throw new StageException(
                $"The release command of {stage.MainBranch} ({stage.Base[..7]}), '{command}', ended with {status} on an empty database. A rehearsal runs the " +
                $"Procfile's commands on this machine: what the app needs has to be installed here.\n{output}");
        }
    }
}
