using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku.Saving;

/// <summary>What a change left different: each part as it is now, whole, so that repeating it does no harm. Null is what stayed as it was.</summary>
internal sealed class WorldChange
{
    public List<App>? Apps { get; set; }

    public List<Guid>? Gone { get; set; }

    public List<Account>? Accounts { get; set; }

    public List<AddOn>? AddOns { get; set; }

    public List<Attachment>? Attachments { get; set; }

    public List<Pipeline>? Pipelines { get; set; }

    public List<Coupling>? Couplings { get; set; }

    public List<Promotion>? Promotions { get; set; }

    public bool IsNone => (Apps, Gone, Accounts, AddOns, Attachments, Pipelines, Couplings, Promotions) is (null, null, null, null, null, null, null, null);

    public void ApplyTo(HerokuWorld world)
    {
        Apps?.ForEach(world.Apps.Restore);
        Gone?.ForEach(id => world.Apps.Forget(id));
        world.Accounts = Accounts ?? world.Accounts;
        world.AddOns = AddOns ?? world.AddOns;
        world.Attachments = Attachments ?? world.Attachments;
        world.Pipelines = Pipelines ?? world.Pipelines;
        world.Couplings = Couplings ?? world.Couplings;
        world.Promotions = Promotions ?? world.Promotions;
    }
}
