namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>A plan of an add-on service.</summary>
/// <param name="Name"><c>heroku-postgresql:standard-0</c></param>
/// <param name="Cents">A month's price.</param>
/// <param name="RollbackWindow">How far back a rollback database can go; null where the plan has no fork, follow or rollback.</param>
internal sealed record AddOnPlan(string Name, int Cents, TimeSpan? RollbackWindow)
{
    public string Service => Name[..Name.IndexOf(':', StringComparison.Ordinal)];

    public bool IsPostgres => Service == "heroku-postgresql";

    /// <summary><c>Standard 0</c></summary>
    public string HumanName => string.Join(' ', Name[(Service.Length + 1)..].Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}

/// <summary>The add-ons that can be had.</summary>
internal static class AddOnPlans
{
    private static readonly TimeSpan FourDays = TimeSpan.FromDays(4);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public static IReadOnlyList<AddOnPlan> All { get; } =
    [
        new("heroku-postgresql:essential-0", 500, null),
        new("heroku-postgresql:essential-1", 900, null),
        new("heroku-postgresql:essential-2", 2000, null),
        new("heroku-postgresql:standard-0", 5000, FourDays),
        new("heroku-postgresql:standard-2", 20000, FourDays),
        new("heroku-postgresql:standard-3", 40000, FourDays),
        new("heroku-postgresql:standard-4", 75000, FourDays),
        new("heroku-postgresql:premium-0", 20000, Week),
        new("heroku-postgresql:premium-2", 35000, Week),
        new("heroku-postgresql:premium-3", 75000, Week),
        new("heroku-postgresql:premium-4", 120000, Week),
        new("heroku-redis:mini", 300, null),
        new("heroku-redis:premium-0", 1500, null),
        new("papertrail:choklad", 0, null),
        new("papertrail:fixa", 700, null),
        new("scheduler:standard", 0, null),
        new("sentry:f1", 0, null),
    ];

    /// <summary>By full name; a service's name alone means its first plan. Null for what there isn't.</summary>
    public static AddOnPlan? Find(string name) => All.FirstOrDefault(p => p.Name == name) ?? All.FirstOrDefault(p => p.Service == name);

    /// <summary>What the add-ons of a plan set, without the attachment's name in front.</summary>
    public static IReadOnlyList<string> VarNames(string plan) => Find(plan)?.Service switch
    {
        "heroku-postgresql" or "heroku-redis" => ["URL"],
        "papertrail" => ["API_TOKEN"],
        "sentry" => ["DSN"],
        _ => [],
    };
}
