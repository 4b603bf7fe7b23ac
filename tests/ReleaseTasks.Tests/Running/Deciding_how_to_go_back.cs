using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Running;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Tests.Running;

public sealed class Deciding_how_to_go_back
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly HerokuId<Slug> Old = new(Guid.NewGuid());
    private static readonly HerokuId<Slug> New = new(Guid.NewGuid());

    private static readonly JournalLine Released = new StepStarted(ReleaseCommit.StepName, "", JournalFormat.ToElement(new { }));

    [Test]
    public void Leaves_the_schema_alone_that_is_as_it_was_found()
    {
        var decision = Decide([Released, .. Database()], found: App(Old, "0001"), now: App(New, "0001"));

        Assert.That((decision.RollsCodeBack, decision.Schema), Is.EqualTo((true, SchemaUndo.Leave)));
    }

    [Test]
    public void Leaves_the_code_alone_that_is_as_it_was_found()
    {
        var decision = Decide([Released, .. Database()], found: App(Old, "0001"), now: App(Old, "0002"));

        Assert.That((decision.RollsCodeBack, decision.Schema), Is.EqualTo((false, SchemaUndo.Promote)));
    }

    [Test]
    public void Takes_nothing_back_that_was_never_begun() =>
        Assert.That(Decide(Database(), found: App(Old, "0001"), now: App(New, "0002")), Is.EqualTo(UndoDecision.Nothing with { FoundRevision = "0001" }).Using<UndoDecision>(SameDeeds));

    [Test]
    public void Downgrades_where_the_plan_says_so_and_no_database_waits() =>
        Assert.That(Decide([Released], App(Old, "0001"), App(New, "0002"), new Work.AlembicDowngrade("-1")).Schema, Is.EqualTo(SchemaUndo.Downgrade));

    [Test]
    public void Prefers_the_database_that_waits_to_the_plans_downgrade() =>
        Assert.That(Decide([Released, .. Database()], App(Old, "0001"), App(New, "0002"), new Work.AlembicDowngrade("-1")).Schema, Is.EqualTo(SchemaUndo.Promote));

    [Test]
    public void Refuses_to_downgrade_with_code_that_does_not_know_how() => Assert.That(
        () => Decide([Released], App(Old, "0001"), App(Old, "0002"), new Work.AlembicDowngrade("-1")),
        Throws.TypeOf<RefusedException>().With.Message.Contains("is the old code: it doesn't know 0002 and can't downgrade from it."));

    [Test]
    public void Refuses_where_old_code_would_meet_a_schema_that_it_does_not_know() => Assert.That(
        () => Decide([Released], App(Old, "0001"), App(New, "0002")),
        Throws.TypeOf<RefusedException>().With.Message.Contains("Nothing was changed. Choose:").And.Message.Contains("--schema=downgrade").And.Message.Contains("heroku pg:backups"));

    [Test]
    public void Lets_a_person_say_what_cannot_be_read()
    {
        JournalLine[] lines = [Released, .. Database()];

        Assert.That(() => Decide(lines, App(Old, "0001"), App(New, null)), Throws.TypeOf<RefusedException>().With.Message.Contains("--schema=promote").And.Message.Contains("--schema=leave"));
        Assert.That(Decide(lines, App(Old, "0001"), App(New, null), said: SchemaUndo.Leave).Schema, Is.EqualTo(SchemaUndo.Leave));
        Assert.That(() => Decide(lines, App(Old, "0001"), App(New, "0002"), said: SchemaUndo.Leave), Throws.TypeOf<RefusedException>());
    }

    [Test]
    public void Names_the_rows_that_are_lost_and_the_time_they_are_from()
    {
        var before = App(Old, "0001") with { Activity = Count(Noon.AddMinutes(-9), 36) };
        var after = App(New, "0002") with { Activity = Count(Noon.AddMinutes(5), 41) };

        Assert.That(Decide([Released, .. Database()], before, after).Losses, Is.EqualTo(
        [
            "What was written to the database since 2026-11-23 12:00:00 UTC, 5:00 ago by its own clock, stays behind in primary, which is kept:",
            "  users: 5 rows inserted",
            "  the migration's own writes among them",
        ]));
    }

    [Test]
    public void Says_since_when_it_counts_where_the_moment_was_before_that()
    {
        var after = App(New, "0002") with { Activity = Count(Noon.AddMinutes(5), 41) };

        Assert.That(Decide([Released, .. Database(Count(Noon.AddMinutes(1), 40))], App(Old, "0001"), after).Losses,
            Does.Contain("  users: 1 row inserted").And.Contain("  counted since 2026-11-23 12:01:00 UTC; what was written before is not in these numbers"));
    }

    [Test]
    public void Says_so_where_nobody_could_count() =>
        Assert.That(Decide([Released, .. Database()], App(Old, "0001"), App(New, "0002")).Losses, Is.EqualTo(
            ["What was written to the database since 2026-11-23 12:00:00 UTC stays behind in primary, which is kept; how many rows can't be told"]));

    [Test]
    public void Makes_the_database_the_primary_that_was_found_as_the_primary()
    {
        var decision = Decide([.. Promoted("bigger")], App(Old, "0001"), App(Old, "0001", primary: "bigger"));

        Assert.That((decision.Schema, decision.Primary, decision.Abandons, decision.Reattaches), Is.EqualTo((SchemaUndo.Leave, "primary", "bigger", (string?)null)));
        Assert.That(decision.Losses, Is.EqualTo(["What was written to bigger since it became the primary at 2026-11-23 12:00:00 UTC " +
            "stays behind in it, which is kept; how many rows can't be told"]));
    }

    [Test]
    public void Judges_the_schema_of_the_database_that_will_be_the_primary()
    {
        var decision = Decide([.. Database(), .. Promoted("rollback"), Released], App(Old, "0001"), App(New, "0002", primary: "rollback"), revisions: new() { ["rollback"] = "0002" });

        Assert.That((decision.RollsCodeBack, decision.Schema, decision.Primary, decision.Abandons), Is.EqualTo((true, SchemaUndo.Leave, "primary", "rollback")));
    }

    [Test]
    public void Refuses_a_rollback_database_that_was_migrated_too() => Assert.That(
        () => Decide([.. Database(), Released, .. Promoted("rollback")], App(Old, "0001"), App(New, "0002", primary: "rollback"), revisions: new() { ["primary"] = "0002", ["rollback"] = "0002" }),
        Throws.TypeOf<RefusedException>().With.Message.Contains("rollback, the rollback database, was the primary while the new code " +
            "ran: it was migrated from 0001 to 0002 too."));

    [Test]
    public void Gives_an_app_without_a_primary_the_one_before_first()
    {
        var now = App(New, null) with { Attachments = new Dictionary<string, string>() };

        var decision = Decide([.. Database(), Released, .. Promoted("rollback", isFinished: false)], App(Old, "0001"), now, revisions: new() { ["primary"] = "0002", ["rollback"] = "0001" });

        Assert.That((decision.Schema, decision.Reattaches, decision.Abandons, decision.Primary), Is.EqualTo((SchemaUndo.Promote, "primary", "primary", "rollback")));
    }

    [Test]
    public void Destroys_only_a_rollback_database_that_was_never_the_primary_and_that_nobody_uses()
    {
        Assert.That(Decide(Database(), App(Old, "0001"), App(Old, "0001")).Destroys, Is.EqualTo("rollback"));
        Assert.That(Decide(Database(), App(Old, "0001"), App(Old, "0001"), isInUse: true).Destroys, Is.Null);
        Assert.That(Decide([.. Database(), .. Promoted("rollback")], App(Old, "0001"), App(Old, "0001", primary: "rollback")).Destroys, Is.Null);
    }

    [Test]
    public void Wants_what_others_did_since_to_stay()
    {
        var found = App(Old, "0001") with { ConfigVars = new Dictionary<string, string> { ["A"] = "1", ["DATABASE_URL"] = "x" }, AttachedVars = ["DATABASE_URL"] };
        var now = found with
        {
            Attachments = new Dictionary<string, string> { ["DATABASE"] = "primary", ["REPORTS"] = "theirs" },
            ConfigVars = new Dictionary<string, string> { ["A"] = "1", ["B"] = "2", ["DATABASE_URL"] = "y" },
        };

        var wanted = JournalFormat.FromElement<AppState>(Decide([], found, now).Wanted!.Value);

        Assert.That(wanted.Attachments, Is.EquivalentTo(now.Attachments));
        Assert.That(wanted.ConfigVars, Is.EquivalentTo(new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" }));
    }

    private static UndoDecision Decide(IEnumerable<JournalLine> lines, AppState found, AppState now, Work? written = null, SchemaUndo? said = null, Dictionary<string, string?>? revisions = null, bool isInUse = false)
    {
        var state = RunState.Of([new RolloutStarted(RolloutId.Parse("sushi-pr3"), "sushi", 3, null, "", "", ""), .. lines]);
        var plan = new RolloutPlan { Rollback = written is null ? [] : [new PlannedStep(written, written.Kind)] };
        var vault = new ConfigVarVault(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), _ => { });
        var databases = (revisions ?? new() { ["primary"] = now.SchemaRevision }).ToDictionary(revision => revision.Key, revision => new DatabaseReading(revision.Value, "it can't be reached from here"));
        return new UndoPlanner(state, found, now, databases, isInUse, plan, new ConfigVarOriginals(state, vault, new Fingerprint("sushi")), said).Decide();
    }

    /// <summary>A rollback database of noon.</summary>
    private static JournalLine[] Database(Activity? counted = null) =>
    [
        new StepStarted(CreateRollbackDatabase.StepName, "", JournalFormat.ToElement(new CreateRollbackDatabase.Before("primary", "standard-0", "rollback", null, Noon) { Counted = counted })),
        new StepFinished(CreateRollbackDatabase.StepName, JournalFormat.ToElement(new CreateRollbackDatabase.Created(default, "rollback", [])), "", Simulated: false),
    ];

    private static AppState App(HerokuId<Slug> slug, string? revision, string primary = "primary") => new()
    {
        Release = new(default, slug == Old ? 51 : 52, "Deploy", slug),
        Maintenance = false,
        Formation = new Dictionary<string, int>(),
        HasReleasePhase = true,
        Attachments = new Dictionary<string, string> { ["DATABASE"] = primary },
        ConfigVars = new Dictionary<string, string>(),
        SchemaRevision = revision,
        SchemaNote = revision is null ? "the database can't be reached from here" : null,
    };

    /// <summary>A promotion that was seen to be done, or cut in half.</summary>
    private static JournalLine[] Promoted(string database, bool isFinished = true) =>
    [
        new StepStarted($"promote:{database}", "", JournalFormat.ToElement(new PromoteDatabase.Before(database, default, "primary", 51))) { At = Noon },
        .. isFinished ? [new StepFinished($"promote:{database}", JournalFormat.ToElement(new { }), "", Simulated: false)] : (JournalLine[])[],
    ];

    private static Activity Count(DateTimeOffset at, long inserted) => new(at, new Dictionary<string, Writes> { ["users"] = new(inserted, 0, 0) });

    private static bool SameDeeds(UndoDecision one, UndoDecision other) => (one.RollsCodeBack, one.Schema, one.FoundRevision) == (other.RollsCodeBack, other.Schema, other.FoundRevision) && one.Restores.SequenceEqual(other.Restores) && one.Losses.SequenceEqual(other.Losses);
}
