using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;
using Account = ReleaseTasks.Sandbox.Heroku.World.Account;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Makes the things behind add-ons, and tells the app when they're ready.</summary>
internal sealed class Provisioning(Platform platform)
{
    private const string PostgresProvider = "heroku-postgresql@addons.heroku.com";

    private IDatabaseEngine Databases => platform.Parts.Databases;

    /// <summary>Begins, or after a restart begins anew, to provision an add-on; call it inside a change of the world.</summary>
    public void Start(AddOn addOn) => platform.Background.StartInTurn(addOn.Id, $"provisioning {addOn.Name}", ct => ProvisionAsync(addOn.Id, ct));

    /// <summary>Destroys what is behind an add-on that the world no longer has.</summary>
    public void Destroy(AddOn addOn)
    {
        if (AddOnPlans.Find(addOn.Plan) is { IsPostgres: true })
        {
            platform.Background.StartInTurn(addOn.Id, $"destroying {addOn.Name}", ct => Databases.DestroyAsync(addOn.Name, ct));
        }
    }

    /// <summary>Lets a database that no longer follows another go its own way.</summary>
    public void Unfollow(AddOn addOn) => platform.Background.StartInTurn(addOn.Id, $"unfollowing {addOn.Name}", ct => Databases.UnfollowAsync(addOn.Name, ct));

    /// <summary>Starts the databases of a saved world, and takes up what was begun. A port may have been taken meanwhile: then their URLs change.</summary>
    public async Task ResumeAsync(CancellationToken ct)
    {
        var (running, unfinished) = platform.Store.Read(world =>
        {
            var databases = world.AddOns.Where(a => AddOnPlans.Find(a.Plan) is { IsPostgres: true }).ToLookup(a => a.State);
            return (databases[AddOnState.Provisioned].Select(a => a.Name).ToList(), databases[AddOnState.Provisioning].ToList());
        });
        await Task.WhenAll(running.Select(name => Databases.StartAsync(name, ct)));
        platform.Store.Change(world => running.ForEach(name =>
        {
            var addOn = world.FindAddOn(name)!;
            Readdress(world, addOn);
            addOn.AvailableAt ??= platform.Now; // the last sandbox may have ended between the platform's idea of being ready and the data service's
        }));
        unfinished.ForEach(Start);
        platform.Store.Read(world => world.AddOns.Where(a => a is { State: AddOnState.Provisioned, Source: not null, Follows: false }).ToList()).ForEach(Unfollow);
    }

    private async Task ProvisionAsync(Guid id, CancellationToken ct)
    {
        var (name, source, to, follows, begun) = platform.Store.Read(world =>
        {
            var addOn = world.AddOnOf(id);
            return (addOn.Name, addOn.Source is { } s ? world.AddOnOf(s).Name : null, addOn.RolledBackTo, addOn.Follows, addOn.CreatedAt);
        });
        if (await platform.Parts.Faults.FailAsync(FaultWords.Provisioning, ct))
        {
            platform.Store.Change(world => Fail(world, id));
            return;
        }

        try
        {
            await MakeAsync(name, source, to, follows, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested) // what fails while the sandbox stops, the next one takes up
        {
            platform.Store.Change(world => Fail(world, id));
            if (e is not RollbackOutOfRangeException)
            {
                platform.Parts.Troubles.RememberFailure($"provisioning {name}", e);
            }

            return;
        }

        if (begun + platform.Parts.Options.Provisioning - platform.Now is { Ticks: > 0 } left)
        {
            await Task.Delay(left, platform.Parts.Clock, ct);
        }

        if (platform.Store.Change(world => Finish(world, id)))
        {
            // The data service has its own idea of being ready, and it's later than the platform's.
            await Task.Delay(platform.Parts.Options.Provisioning / 4, platform.Parts.Clock, ct);
            platform.Store.Change(world => BecomeAvailable(world, id));
        }
    }

    private Task MakeAsync(string name, string? source, DateTimeOffset? to, bool follows, CancellationToken ct) => (source, to) switch
    {
        (null, _) => Databases.CreateAsync(name, ct),
        (_, null) when follows => Databases.FollowAsync(source, name, ct),
        (_, null) => Databases.ForkAsync(source, name, ct),
        (_, { } moment) => Databases.RollBackAsync(source, name, platform.Parts.Clock.ToMachine(moment), ct),
    };

    /// <summary>False when the add-on was destroyed meanwhile.</summary>
    private bool Finish(HerokuWorld world, Guid id)
    {
        if (world.AddOns.Find(a => a.Id == id) is not { State: AddOnState.Provisioning } addOn)
        {
            return false;
        }

        (addOn.State, addOn.UpdatedAt) = (AddOnState.Provisioned, platform.Now);
        addOn.Vars["URL"] = Databases.UrlOf(addOn.Name).OriginalString;
        foreach (var app in world.AttachmentsOf(addOn).Select(a => a.App).Distinct().Select(world.AppOf).ToList())
        {
            var names = world.AttachmentsOf(app).Where(a => a.AddOn == id).SelectMany(a => Attach(app, addOn, a)).ToList();
            platform.Releasing.Add(world, app, Provider(world), $"@ref:{addOn.Name} completed provisioning, setting {string.Join(", ", names)}.", runsReleasePhase: false);
        }

        return true;
    }

    private void BecomeAvailable(HerokuWorld world, Guid id)
    {
        if (world.AddOns.Find(a => a.Id == id) is { } addOn)
        {
            addOn.AvailableAt = platform.Now;
        }
    }

    private void Fail(HerokuWorld world, Guid id)
    {
        if (world.AddOns.Find(a => a.Id == id) is { } addOn)
        {
            (addOn.State, addOn.UpdatedAt) = (AddOnState.Deprovisioned, platform.Now);
        }
    }

    private void Readdress(HerokuWorld world, AddOn addOn)
    {
        var (before, now) = (addOn.Vars.GetValueOrDefault("URL"), Databases.UrlOf(addOn.Name).OriginalString);
        addOn.Vars["URL"] = now;
        foreach (var vars in world.Apps.SelectMany(a => a.Releases.Select(r => r.ConfigVars).Prepend(a.ConfigVars)))
        {
            foreach (var name in vars.Where(v => v.Value == before).Select(v => v.Key).ToList())
            {
                vars[name] = now;
            }
        }
    }

    /// <summary>Sets an attachment's config vars in its app.</summary>
    /// <returns>Their names.</returns>
    public static List<string> Attach(App app, AddOn addOn, Attachment attachment)
    {
        foreach (var (suffix, value) in addOn.Vars)
        {
            app.ConfigVars[attachment.VarName(suffix)] = value;
        }

        return [.. addOn.Vars.Keys.Select(attachment.VarName)];
    }

    private Account Provider(HerokuWorld world)
    {
        var provider = world.Accounts.Find(a => a.Email == PostgresProvider);
        if (provider is null)
        {
            world.Accounts.Add(provider = new Account { Email = PostgresProvider, CreatedAt = platform.Now });
        }

        return provider;
    }
}
