using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The names that Heroku makes up: <c>postgresql-curved-12345</c>, <c>HEROKU_POSTGRESQL_SILVER</c>.</summary>
internal static class AddOnNames
{
    private static readonly string[] Words =
    [
        "acute", "amorphous", "angular", "animated", "asymmetrical", "clean", "closed", "colorful", "concave", "contoured", "convex", "crystalline",
        "cubed", "curved", "deep", "defined", "dimensional", "elliptical", "encircled", "flat", "fluffy", "fitted", "globular", "graceful", "horizontal",
        "infinite", "parallel", "perpendicular", "polished", "pointy", "rectangular", "reticulated", "round", "rugged", "shallow", "shaped", "sinuous",
        "slippery", "solid", "spherical", "symmetrical", "tapered", "transparent", "trapezoidal", "vertical",
    ];

    private static readonly string[] Colours =
    [
        "SILVER", "AMBER", "AQUA", "BLACK", "BLUE", "BRONZE", "BROWN", "CHARCOAL", "COBALT", "COPPER", "CRIMSON", "CYAN", "GOLD", "GRAY", "GREEN", "IVORY", "JADE",
        "MAROON", "MAUVE", "NAVY", "OLIVE", "ONYX", "ORANGE", "PINK", "PUCE", "PURPLE", "RED", "ROSE", "TEAL", "VIOLET", "WHITE", "YELLOW",
    ];

    /// <param name="world">Whose names are taken.</param>
    /// <param name="plan">Of the service that names the add-on.</param>
    /// <param name="random">Where the name comes from.</param>
    public static string New(HerokuWorld world, AddOnPlan plan, Random random)
    {
        var service = plan.IsPostgres ? "postgresql" : plan.Service.Replace("heroku-", "", StringComparison.Ordinal);
        while (true)
        {
            var name = $"{service}-{Words[random.Next(Words.Length)]}-{random.Next(10000, 100000)}";
            if (world.FindAddOn(name) is null)
            {
                return name;
            }
        }
    }

    /// <summary>The first of a service's own name and its coloured ones that the app hasn't attached yet.</summary>
    public static string Attachment(HerokuWorld world, App app, AddOnPlan plan)
    {
        var taken = world.AttachmentsOf(app).Select(a => a.Name).ToHashSet();
        var prefix = plan.Service.Replace('-', '_').ToUpperInvariant();
        var own = plan.IsPostgres ? "DATABASE" : prefix.Replace("HEROKU_", "", StringComparison.Ordinal);
        IEnumerable<string> names = plan.IsPostgres
            ? [own, .. Colours.Select(c => $"{prefix}_{c}")]
            : [own, .. Colours.Select(c => $"{own}_{c}")];
        return names.FirstOrDefault(n => !taken.Contains(n)) ?? $"{prefix}_{Guid.NewGuid():N}".ToUpperInvariant();
    }

    /// <summary>A coloured name even where the service's own is free: what <c>pg:promote</c> asks for.</summary>
    public static string Coloured(HerokuWorld world, App app, AddOnPlan plan)
    {
        var taken = world.AttachmentsOf(app).Select(a => a.Name).ToHashSet();
        var prefix = plan.Service.Replace('-', '_').ToUpperInvariant();
        return Colours.Select(c => $"{prefix}_{c}").First(n => !taken.Contains(n));
    }
}
