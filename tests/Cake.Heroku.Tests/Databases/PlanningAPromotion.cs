namespace Cake.Heroku.Tests.Databases;

public sealed class PlanningAPromotion
{
    private static readonly AppName Sushi = new("sushi");
    private static readonly AppReference App = new(new(Guid.NewGuid()), Sushi);
    private static readonly AttachmentTarget Yellow = new(new(Guid.NewGuid()), "yellow");
    private static readonly AttachmentTarget Silver = new(new(Guid.NewGuid()), "silver");

    [Test]
    public void Has_nothing_to_do_once_it_is_done()
    {
        var plan = Plan(Silver, At("DATABASE", Silver), At("SILVER", Silver));

        Assert.That((plan.IsDone, plan.Attachments), Is.EqualTo((true, Array.Empty<NewAttachment>())));
    }

    [Test]
    public void Keeps_the_credential_of_both_databases()
    {
        var (analyst, reader) = (Silver with { Namespace = "credential:analyst" }, Yellow with { Namespace = "credential:reader" });

        var plan = Plan(analyst, At("DATABASE", reader), At("YELLOW", Yellow), At("ANALYST", analyst));

        Assert.That(plan.Attachments, Is.EqualTo(new[] { New(null, reader), New("DATABASE", analyst) }));
    }

    [Test]
    public void Does_not_take_another_credential_of_the_same_database_for_it()
    {
        var analyst = Silver with { Namespace = "credential:analyst" };

        var plan = Plan(Silver, At("DATABASE", analyst), At("SILVER", Silver), At("ANALYST", analyst));

        Assert.That(plan.Attachments, Is.EqualTo(new[] { New("DATABASE", Silver) }));
    }

    [Test]
    public void Names_the_old_primary_as_it_is_told()
    {
        var plan = PromotionPlan.Of(Sushi, Silver, [At("DATABASE", Yellow), At("SILVER", Silver)], alias: "SUSHI_PR3_OLD");

        Assert.That(plan.Attachments, Is.EqualTo(new[] { New("SUSHI_PR3_OLD", Yellow), New("DATABASE", Silver) }));
    }

    [Test]
    public void Comes_to_its_end_from_wherever_it_is_taken_up(
        [Values] bool hasPrimary, [Values] bool hasAlias, [Values] bool hasPool, [Values] bool stopsAfterDetach)
    {
        List<Attachment> now = [At("SILVER", Silver)];
        now.AddRange(hasPrimary ? [At("DATABASE", Yellow)] : []);
        now.AddRange(hasAlias ? [At("YELLOW", Yellow)] : []);
        now.AddRange(hasPool ? [At("DATABASE_CONNECTION_POOL", Pooled(Yellow))] : []);

        for (var writes = 0; PromotionPlan.Of(Sushi, Silver, now).Attachments is [var next, ..]; writes++)
        {
            Assert.That(writes, Is.LessThan(5));
            var isReplaced = now.RemoveAll(attachment => attachment.Name == next.Name) > 0;
            if (!stopsAfterDetach || !isReplaced || next.Name != "DATABASE")
            {
                now.Add(At(next.Name ?? "JADE", (next.Addon.Name == "silver" ? Silver : Yellow) with { Namespace = next.Namespace }));
            }
        }

        var names = now.ToDictionary(attachment => attachment.Name, attachment => attachment.Target);
        Assert.That(names["DATABASE"], Is.EqualTo(Silver));
        Assert.That(names.GetValueOrDefault("DATABASE_CONNECTION_POOL"), Is.EqualTo(hasPool ? Pooled(Silver) : null));
        Assert.That(names.ContainsValue(Yellow), Is.EqualTo(hasPrimary || hasAlias), "the old primary is in reach");
    }

    private static AttachmentTarget Pooled(AttachmentTarget database) => database with { Namespace = "connection-pooling:default" };

    private static PromotionPlan Plan(AttachmentTarget wanted, params Attachment[] now) => PromotionPlan.Of(Sushi, wanted, now);

    private static Attachment At(string name, AttachmentTarget target) =>
        new(new(Guid.NewGuid()), name, new(target.Id, target.Addon, App), App) { Namespace = target.Namespace };

    private static NewAttachment New(string? name, AttachmentTarget target) =>
        new(target.Addon, Sushi) { Name = name, Namespace = target.Namespace, Confirm = Sushi };
}
