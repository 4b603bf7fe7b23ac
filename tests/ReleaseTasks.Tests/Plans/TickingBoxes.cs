using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

public sealed class TickingBoxes
{
    private static readonly PlannedStep Close = PlanMarkdown.Parse(Examples.ComplexMigration).Plan!.Deployment[2];

    [Test]
    public void Changes_one_character_and_notes_when_and_where()
    {
        var ticked = PlanMarkdown.Tick(Examples.ComplexMigration, Close, "08:12 UTC, [v52](https://dashboard.heroku.com/apps/sushi)");

        Assert.That(ticked, Is.EqualTo(new TickedBody(Examples.ComplexMigration.Replace(
            "3. [ ] Set application into maintenance mode:\n",
            "3. [x] Set application into maintenance mode: <!-- done -->08:12 UTC, [v52](https://dashboard.heroku.com/apps/sushi)<!-- /done -->\n", StringComparison.Ordinal))));
    }

    [TestCase("08:12 UTC, [v52](https://dashboard.heroku.com/apps/sushi)")]
    [TestCase("")]
    public void Takes_back_what_it_did(string note) =>
        Assert.That(PlanMarkdown.Untick(PlanMarkdown.Tick(Examples.ComplexMigration, Close, note).Body, Close), Is.EqualTo(Examples.ComplexMigration));

    [Test]
    public void Keeps_each_lines_own_ending()
    {
        var body = Examples.ComplexMigration.Replace("3. [ ] Set application into maintenance mode:\n", "3. [ ] Set application into maintenance mode:\r\n", StringComparison.Ordinal);

        Assert.That(PlanMarkdown.Tick(body, Close, "").Body, Is.EqualTo(body.Replace("3. [ ]", "3. [x]", StringComparison.Ordinal).Replace("3. [x] Smoke", "3. [ ] Smoke", StringComparison.Ordinal).Replace("3. [x] Promote", "3. [ ] Promote", StringComparison.Ordinal)));
    }

    [Test]
    public void Finds_the_step_that_has_moved_and_was_renumbered()
    {
        var body = Examples.ComplexMigration.Replace("  3. [ ] Set app", "  3. [ ] Have lunch\n  9. [ ] Set app", StringComparison.Ordinal);

        Assert.That(PlanMarkdown.Tick(body, Close, "").Body, Is.EqualTo(body.Replace("9. [ ]", "9. [x]", StringComparison.Ordinal)));
    }

    [Test]
    public void Leaves_a_reworded_step_alone_and_says_so()
    {
        var body = Examples.ComplexMigration.Replace("Set application into", "Switch the app to", StringComparison.Ordinal);

        Assert.That(PlanMarkdown.Tick(body, Close, "now"), Is.EqualTo(new TickedBody(body, "“Set application into maintenance mode: `heroku maintenance:on`” isn't in the description any more, or reads otherwise.")));
        Assert.That(PlanMarkdown.IsTicked(body, Close), Is.Null);
    }

    [Test]
    public void Leaves_a_doubled_step_alone_and_says_so()
    {
        var body = Examples.Simple.Replace("  2. [ ] check if navbar", "  2. [ ] Merge PR into master\n  2. [ ] check if navbar", StringComparison.Ordinal);
        var merge = PlanMarkdown.Parse(Examples.Simple).Plan!.Deployment[0];

        Assert.That(PlanMarkdown.Tick(body, merge, "now"), Is.EqualTo(new TickedBody(body, "“Merge PR into master” stands 2 times in the description.")));
    }

    [Test]
    public void Changes_nothing_the_second_time()
    {
        var once = PlanMarkdown.Tick(Examples.ComplexMigration, Close, "08:12").Body;

        Assert.That(PlanMarkdown.Tick(once, Close, "09:30"), Is.EqualTo(new TickedBody(once)));
        Assert.That(PlanMarkdown.IsTicked(once, Close), Is.True);
    }

    [Test]
    public void Reads_the_same_plan_from_a_body_full_of_ticks()
    {
        var plan = PlanMarkdown.Parse(Examples.ComplexMigration).Plan!;
        var body = plan.Steps.Aggregate(Examples.ComplexMigration, (text, step) => PlanMarkdown.Tick(text, step, "08:12 UTC, [v52](https://example.com/v52)").Body);

        var read = PlanMarkdown.Parse(body);

        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Plan!.Steps.Select(step => step.Work), Is.EqualTo(plan.Steps.Select(step => step.Work)));
        Assert.That(read.Plan!.Steps.Where(step => !step.Ticked), Is.Empty);
    }

    [Test]
    public void Ticks_the_one_box_of_two_checks_with_the_second()
    {
        var plan = PlanMarkdown.Parse(Examples.Simple).Plan!;

        var first = PlanMarkdown.Tick(Examples.Simple, plan.Verification[0], "");
        var second = PlanMarkdown.Tick(first.Body, plan.Verification[1], "");

        Assert.That(first, Is.EqualTo(new TickedBody(Examples.Simple)));
        Assert.That(second.Body, Is.EqualTo(Examples.Simple.Replace("[ ] Monitor", "[x] Monitor", StringComparison.Ordinal)));
    }

    [Test]
    public void Writes_no_note_into_a_command_that_goes_on_on_the_next_line()
    {
        const string Body = "**Deployment steps**:\n1. [ ] Close it: `heroku\n   maintenance:on`\n";

        Assert.That(PlanMarkdown.Tick(Body, PlanMarkdown.Parse(Body).Plan!.Deployment[0], "now").Body, Is.EqualTo("**Deployment steps**:\n1. [x] Close it: `heroku\n   maintenance:on` <!-- done -->now<!-- /done -->\n"));
    }

    [Test]
    public void Lets_no_note_end_its_own_mark_or_break_the_line()
    {
        var body = PlanMarkdown.Tick(Examples.ComplexMigration, Close, "a<!-- /done -->\n2. [ ] `heroku rollback`").Body;

        Assert.That(body, Does.Contain("mode: <!-- done -->a!-- /done -- 2. [ ] heroku rollback<!-- /done -->\n"));
    }
}
