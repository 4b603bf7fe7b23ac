namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>Everything that Heroku knows; saved as <c>heroku.json</c> and <c>heroku.log</c>. Read and changed under the lock of <see cref="HerokuStore"/> only.</summary>
internal sealed class HerokuWorld
{
    public List<Account> Accounts { get; set; } = [];

    public AppList Apps { get; set; } = [];

    public List<AddOn> AddOns { get; set; } = [];

    public List<Attachment> Attachments { get; set; } = [];

    public List<Pipeline> Pipelines { get; set; } = [];

    public List<Coupling> Couplings { get; set; } = [];

    public List<Promotion> Promotions { get; set; } = [];

    /// <exception cref="KeyNotFoundException">A broken world.</exception>
    public Account Account(Guid id) => Accounts.Find(a => a.Id == id) ?? throw new KeyNotFoundException($"account {id}");

    public App AppOf(Guid id) => Apps.Find(a => a.Id == id) ?? throw new KeyNotFoundException($"app {id}");

    public App? FindApp(string nameOrId) =>
        Apps.Find(a => string.Equals(a.Name, nameOrId, StringComparison.OrdinalIgnoreCase))
        ?? (Guid.TryParse(nameOrId, out var id) ? Apps.Find(a => a.Id == id) : null);

    public AddOn? FindAddOn(string nameOrId) =>
        AddOns.Find(a => a.Name == nameOrId) ?? (Guid.TryParse(nameOrId, out var id) ? AddOns.Find(a => a.Id == id) : null);

    public AddOn AddOnOf(Guid id) => AddOns.Find(a => a.Id == id) ?? throw new KeyNotFoundException($"add-on {id}");

    public IEnumerable<AddOn> AddOnsOf(App app) => AddOns.Where(a => a.App == app.Id);

    public IEnumerable<Attachment> AttachmentsOf(App app) => Attachments.Where(a => a.App == app.Id);

    public IEnumerable<Attachment> AttachmentsOf(AddOn addOn) => Attachments.Where(a => a.AddOn == addOn.Id);

    public Attachment? FindAttachment(App app, string nameOrId) =>
        AttachmentsOf(app).FirstOrDefault(a => string.Equals(a.Name, nameOrId, StringComparison.OrdinalIgnoreCase))
        ?? (Guid.TryParse(nameOrId, out var id) ? AttachmentsOf(app).FirstOrDefault(a => a.Id == id) : null);

    /// <summary>The config vars that attachments set, with their values; those of an add-on that isn't ready have none.</summary>
    public IEnumerable<KeyValuePair<string, string>> AttachedVars(App app) => AttachmentsOf(app)
        .SelectMany(a => AddOnOf(a.AddOn).Vars.Select(v => KeyValuePair.Create(a.VarName(v.Key), v.Value)));
}
