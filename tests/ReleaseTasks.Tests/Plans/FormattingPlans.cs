using FsCheck;
using FsCheck.Fluent;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

public sealed class FormattingPlans
{
    private static IEnumerable<string> Texts() => [Examples.BasicTemplate, Examples.Simple, Examples.ComplexMigration, Examples.Corrected, Examples.Documented];

    [TestCaseSource(nameof(Texts))]
    public void Reads_back_what_it_writes(string markdown)
    {
        var plan = PlanMarkdown.Parse(markdown).Plan!;

        var read = PlanMarkdown.Parse(PlanMarkdown.Format(plan));

        Assert.That(read.Problems, Is.Empty);
        Assert.That(read.Plan!.Unplaced(), Is.EqualTo(plan.Unplaced()));
    }

    [TestCaseSource(nameof(Texts))]
    public void Leaves_the_text_of_an_unchanged_plan_as_it_is_byte_for_byte(string markdown) =>
        Assert.That(PlanMarkdown.Format(PlanMarkdown.Parse(markdown).Plan!, markdown), Is.EqualTo(markdown));

    [Test]
    public void Reads_back_any_plan() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(new Replay(new Rnd(4711, 4713), null)), Prop.ForAll(Plans().ToArbitrary(), plan =>
        {
            var written = PlanMarkdown.Format(plan);
            Assert.That(PlanMarkdown.Parse(written).Plan?.Unplaced(), Is.EqualTo(plan), written);
            Assert.That(PlanMarkdown.Format(PlanMarkdown.Parse(written).Plan!), Is.EqualTo(written));
        }));

    [Test]
    public void Writes_any_plan_into_any_text() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(new Replay(new Rnd(4711, 4713), null)), Prop.ForAll(Plans().ToArbitrary(), Gen.Elements(Texts().ToArray()).ToArbitrary(), (plan, text) =>
        {
            var written = PlanMarkdown.Format(plan, text);
            Assert.That(PlanMarkdown.Parse(written).Draft.Unplaced(), Is.EqualTo(plan), written);
        }));

    [Test]
    public void Writes_a_changed_part_anew_and_leaves_the_rest_alone()
    {
        var text = $"Dear reviewers,\r\n\r\n{Examples.Simple.ReplaceLineEndings("\r\n")}\r\nThank you!\r\n";
        var plan = PlanMarkdown.Parse(text).Plan!;

        var written = PlanMarkdown.Format(plan with
        {
            Facts = plan.Facts with { Assistants = ["dz0ny"], None = [PlanPart.Risks, PlanPart.BackingServices, PlanPart.Backup] },
            Deployment = [plan.Deployment[0] with { Ticked = true }, new(new Work.Restart("worker"), "Restart worker")],
        }, text);

        Assert.That(written, Is.EqualTo(text
            .Replace("**Deployment assistants**: None", "**Deployment assistants**: dz0ny", StringComparison.Ordinal)
            .Replace("  1. [ ] Merge PR into master", "  1. [x] Merge PR into master\r\n  2. [ ] Restart worker", StringComparison.Ordinal)));
    }

    [Test]
    public void Adds_a_part_that_is_missing()
    {
        var written = PlanMarkdown.Format(PlanMarkdown.Parse(Examples.Simple).Plan!, "Just words.");

        Assert.That(PlanMarkdown.Parse(written).Plan!.Unplaced(), Is.EqualTo(PlanMarkdown.Parse(Examples.Simple).Plan!.Unplaced()));
        Assert.That(written, Does.StartWith("Just words.\n"));
    }

    /// <summary>Plans of words that people write, with everything in them that Markdown and the format care about, as a reading would give them.</summary>
    private static Gen<RolloutPlan> Plans()
    {
        var word = Gen.Elements("merge", "the", "`username`", "users", "#3", "@dz0ny", "новый", "発売", "a_b", "*now*", "**bold**", "1.", "-", "[x]", "(y)", "50%", "&amp;", "<b>", "\\*", "Downsides:", "https://example.com/?a=b", "it's", "\"so\"", "|", "🚀");
        var line = word.NonEmptyListOf().Select(words => string.Join(' ', words.Prepend("see")));
        var text = line.NonEmptyListOf().Select(lines => string.Join('\n', lines.Take(3)));
        var facts = text.ListOf().Select(items => (ValueList<string>)[.. items.Take(3)]);
        var step = Gen.OneOf(
            text,
            Gen.Elements("Merge PR into master", "Deploy app new release, it may take up to 40 minutes", "Notify end users: soon", "Monitor papertrail and getsentry", "Close it:\n`heroku maintenance:on`",
                "Do it:\n\n```bash\nheroku ps:restart web.1\n\nheroku rollback v51\n```", "`heroku config:set A='x  y'`", "`heroku config:get A > A.old`", "`heroku addons:destroy A`, after a week", "Look:\n* at this\n* and that"));
        var steps = step.ListOf().SelectMany(words => Gen.Elements(true, false).Select(ticked => (ValueList<PlannedStep>)[.. words.Take(4).SelectMany(one => Steps(one, ticked))]));
        return from issue in facts
               from downsides in facts
               from risks in facts
               from assistants in facts
               from services in facts
               from backup in steps
               from deployment in steps
               from verification in steps
               from rollback in steps
               from none in Gen.Elements(true, false)
               let plan = new RolloutPlan
               {
                   Facts = new() { OriginalIssue = issue, Downsides = downsides, Risks = risks, Assistants = assistants, BackingServices = services },
                   Backup = backup,
                   Deployment = deployment,
                   Verification = verification,
                   Rollback = rollback,
               }
               select plan with { Facts = plan.Facts with { None = none ? [.. Enum.GetValues<PlanPart>().Where(part => plan.Facts.Of(part).Count + plan.StepsOf(part).Count == 0)] : [] } };
    }

    private static IEnumerable<PlannedStep> Steps(string words, bool ticked) =>
        PlanMarkdown.Parse(PlanMarkdown.Format(new RolloutPlan { Deployment = [new(new Work.Manual(), words, ticked)] })).Draft.Unplaced().Deployment;
}
