using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/apps/{app}/config-vars</c>: one request, one release.</summary>
internal sealed class ConfigVarRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/config-vars", (world, request) => Answer.Ok(Json.Map(request.App(world).ConfigVars)));
        routes.Change("PATCH", "/apps/{app}/config-vars", Update);
    }

    private Answer Update(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        var wanted = request.Body.Json.Select(p => (p.Key, Value: request.Body.Text(p.Key))).ToList();
        Refuse(world, app, wanted.ConvertAll(w => w.Key));
        var (set, removed) = (wanted.FindAll(w => w.Value is not null), wanted.FindAll(w => w.Value is null && app.ConfigVars.ContainsKey(w.Key)));
        foreach (var (name, value) in set)
        {
            app.ConfigVars[name] = value!;
        }

        removed.ForEach(r => app.ConfigVars.Remove(r.Key));
        if (set.Count + removed.Count > 0)
        {
            platform.Releasing.Add(world, app, request.Account(world), Describe(set.ConvertAll(s => s.Key), removed.ConvertAll(r => r.Key)));
        }

        return Answer.Ok(Json.Map(app.ConfigVars));
    }

    private static void Refuse(HerokuWorld world, App app, List<string> names)
    {
        if (names.Find(n => n.Length == 0 || n.Contains('=', StringComparison.Ordinal) || n.Contains('\0', StringComparison.Ordinal)) is { } bad)
        {
            throw Refusal.InvalidParams($"'{bad}' can't be the name of a config var.");
        }

        var owned = world.AttachmentsOf(app).SelectMany(a => AddOnPlans.VarNames(world.AddOnOf(a.AddOn).Plan).Select(a.VarName)).ToHashSet();
        if (names.FindAll(owned.Contains) is { Count: > 0 } taken)
        {
            throw Refusal.InvalidParams($"Cannot overwrite attachment values {string.Join(", ", taken)}.");
        }
    }

    private static string Describe(List<string> set, List<string> removed) => (set.Count, removed.Count) switch
    {
        (_, 0) => $"Set {string.Join(", ", set)} config vars",
        (0, _) => $"Remove {string.Join(", ", removed)} config vars",
        _ => $"Set {string.Join(", ", set)} and remove {string.Join(", ", removed)} config vars",
    };
}
