namespace ReleaseTasks.Sandbox.Heroku.World;

internal sealed class App
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required string Name { get; set; }

    public required Guid Owner { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public bool Maintenance { get; set; }

    /// <summary>What its current release was built for.</summary>
    public string Stack { get; set; } = Heroku.Stack.Default;

    /// <summary>What its next build is for.</summary>
    public string BuildStack { get; set; } = Heroku.Stack.Default;

    /// <summary><c>cedar</c> or <c>fir</c>.</summary>
    public string Generation { get; set; } = "cedar";

    public SortedDictionary<string, string> ConfigVars { get; set; } = new(StringComparer.Ordinal);

    /// <summary>In the order of their versions, failed ones included.</summary>
    public List<Release> Releases { get; set; } = [];

    public List<Slug> Slugs { get; set; } = [];

    public List<Build> Builds { get; set; } = [];

    public List<ProcessType> Formation { get; set; } = [];

    public List<Collaborator> Collaborators { get; set; } = [];

    /// <summary>The names of the features that are on.</summary>
    public HashSet<string> Features { get; set; } = [];

    /// <summary>The URLs of its buildpacks, in their order; none where they are detected.</summary>
    public List<string> Buildpacks { get; set; } = [];

    public List<Domain> Domains { get; set; } = [];

    public List<Drain> Drains { get; set; } = [];

    public List<Webhook> Webhooks { get; set; } = [];

    /// <summary>Backups, restores and copies.</summary>
    public List<Transfer> Transfers { get; set; } = [];

    /// <summary>What the app runs: the newest release that succeeded. A failed release phase changes nothing.</summary>
    public Release? Current => Releases.FindLast(r => r.Status == ReleaseStatus.Succeeded);

    public Slug? SlugOf(Release release) => Slugs.Find(s => s.Id == release.Slug);

    public Slug? CurrentSlug => Current is { } release ? SlugOf(release) : null;

    public ProcessType? Find(string type) => Formation.Find(p => p.Type == type);
}
