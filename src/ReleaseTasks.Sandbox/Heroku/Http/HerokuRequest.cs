using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary>An authenticated request of the Platform or the Data API.</summary>
internal sealed class HerokuRequest(HttpContext context, Guid account, Body body)
{
    public HttpContext Context => context;

    public Body Body => body;

    public Guid AccountId => account;

    public CancellationToken Stopping => context.RequestAborted;

    /// <summary>A part of the path.</summary>
    public string this[string part] => (string?)context.GetRouteValue(part) ?? throw new ArgumentException($"no {{{part}}} in the route", nameof(part));

    public Account Account(HerokuWorld world) => world.Account(account);

    /// <summary>The app in the path, which the account must own or collaborate on.</summary>
    public App App(HerokuWorld world) => App(world, this["app"]);

    public App App(HerokuWorld world, string nameOrId)
    {
        var app = world.FindApp(nameOrId) ?? throw Refusal.NotFound("app");
        return MayUse(app) ? app : throw Refusal.Forbidden($"You do not have access to the app {app.Name}.");
    }

    public bool MayUse(App app) => Owns(app) || app.Collaborators.Exists(c => c.User == account);

    public bool Owns(App app) => app.Owner == account;

    /// <summary>Refuses everyone but the app's owner.</summary>
    public void MustOwn(App app, string what)
    {
        if (!Owns(app))
        {
            throw Refusal.Forbidden($"You do not have permission to {what} on {app.Name}: only its owner has.");
        }
    }

    /// <summary>Whether the client asks for more than usual: <c>Accept-Expansion: plan</c>, <c>Accept-Inclusion: addon:plan,config_vars</c>.</summary>
    public bool Wants(string header, string value) =>
        context.Request.Headers[header].SelectMany(h => (h ?? "").Split(',', StringSplitOptions.TrimEntries)).Contains(value);
}
