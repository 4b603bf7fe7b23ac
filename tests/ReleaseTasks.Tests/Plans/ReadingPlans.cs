using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

public sealed class ReadingPlans
{
    [Test]
    public void Reads_the_plan_of_the_documentation()
    {
        var plan = Plan(Examples.Documented);

        Assert.That(Summary(plan), Is.EqualTo("""
            Backup 17:10 [ ] create-rollback-database: Create production DB rollback: `heroku addons:create heroku-postgresql:standard-0 --rollback HEROKU_POSTGRESQL_YELLOW --to now --app sushi`
            Backup 19:10 [ ] back-up-config-var: Backup `MYVAR` variable value `heroku config:get MYVAR > MYVAR.old`
            Deployment 24:10 [ ] notify-users: Notify end users: the app will be closed for about 40 minutes.
            Deployment 25:10 [ ] merge-pull-request: Merge PR into master
            Deployment 26:10 [ ] maintenance-on: Set application into maintenance mode: `heroku maintenance:on`
            Deployment 27:10 [ ] deploy: Deploy app new release, it may take up to 40 minutes
            Deployment 28:10 [ ] manual: Set MYVAR: ask dz0ny for its value
            Deployment 29:10 [ ] maintenance-off: Disable maintenance mode: `heroku maintenance:off`
            Deployment 30:10 [ ] destroy-addon: After a week destroy DB rollback: `heroku addons:destroy HEROKU_POSTGRESQL_SILVER --app sushi`
            Verification 34:10 [ ] watch-logs: Monitor papertrail and getsentry
            Verification 34:10 [ ] watch-errors: Monitor papertrail and getsentry
            Verification 35:10 [ ] smoke-test: Smoke test https://sushi.example.com/health
            Verification 36:10 [ ] check-by-hand: check that a user can log in by e-mail
            Rollback 40:10 [ ] restore-config-var: Rollback `MYVAR` variable value: `heroku config:set MYVAR=$(< MYVAR.old)`
            Rollback 41:10 [ ] roll-back-release: Rollback web worker to previous revision: `heroku rollback vXX`
            Rollback 42:10 [ ] promote-database: Promote DB rollback as the primary database: `heroku pg:promote HEROKU_POSTGRESQL_SILVER --app sushi`
            """));
        Assert.That(PlanLint.Check(plan, PlanWorld.Unknown).Where(problem => problem.Severity == PlanSeverity.Error), Is.Empty);
    }

    [Test]
    public void Reads_the_basic_template()
    {
        var plan = Plan(Examples.BasicTemplate);

        Assert.That(Summary(plan), Is.EqualTo("Deployment 11:10 [ ] manual: XXX"));
        Assert.That(plan.Facts, Is.EqualTo(new PlanFacts()));
        Assert.That(plan.Places.Select(place => place.Part), Is.EqualTo(Enum.GetValues<PlanPart>()));
    }

    [Test]
    public void Reads_the_simple_example_of_the_procedure()
    {
        var plan = Plan(Examples.Simple);

        Assert.That(Summary(plan), Is.EqualTo("""
            Deployment 11:10 [ ] merge-pull-request: Merge PR into master
            Verification 14:10 [ ] watch-logs: Monitor papertrail and getsentry
            Verification 14:10 [ ] watch-errors: Monitor papertrail and getsentry
            Verification 15:10 [ ] check-by-hand: check if navbar width has been increased
            Verification 16:10 [ ] check-by-hand: check some number of the pages on the site to ensure that no other styles were affected
            Rollback 20:5 [ ] roll-back-release: Rollback release to previous revision: `heroku rollback vXX`, or
            Rollback 21:5 [ ] manual: make a revert commit and redeploy.
            """));
        Assert.That(plan.Facts, Is.EqualTo(new PlanFacts
        {
            OriginalIssue = ["#3 increase navbar width"],
            Downsides = ["solution may impact readability on devices with small resolution"],
            None = [PlanPart.Risks, PlanPart.Assistants, PlanPart.BackingServices, PlanPart.Backup],
        }));
    }

    [Test]
    public void Reads_the_complex_example_of_the_procedure()
    {
        var plan = Plan(Examples.ComplexMigration);

        Assert.That(plan.Steps.Select(step => step.Work), Is.EqualTo(new Work[]
        {
            new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "HEROKU_POSTGRESQL_YELLOW", new(2013, 10, 21, 15, 52, 0, TimeSpan.Zero)) { App = "sushi" },
            new Work.BackUpConfigVar("MYVAR"),
            new Work.NotifyUsers(),
            new Work.MergePullRequest(),
            new Work.MaintenanceOn(),
            new Work.Deploy(TimeSpan.FromMinutes(40)),
            new Work.MaintenanceOff(),
            new Work.DestroyAddon("HEROKU_POSTGRESQL_YELLOW", Later: true) { App = "sushi" },
            new Work.WatchLogs(),
            new Work.WatchErrors(),
            new Work.CheckByHand(),
            new Work.CheckByHand(),
            new Work.RestoreConfigVar("MYVAR"),
            new Work.RollBackRelease(),
            new Work.PromoteDatabase("HEROKU_POSTGRESQL_SILVER") { App = "sushi" },
        }));
        Assert.That(plan.Facts.BackingServices, Is.EqualTo(new[]
        {
            "postgres:\n* removing `username` field form `mypackage.models.User` model",
            "environment variables:\n* updating `MYVAR` variable",
        }));
    }

    [TestCase("\r\n")]
    [TestCase("\r")]
    public void Reads_the_same_plan_with_other_line_breaks(string newLine) =>
        Assert.That(Plan(Examples.ComplexMigration.ReplaceLineEndings(newLine)), Is.EqualTo(Plan(Examples.ComplexMigration)));

    [TestCase("  1. [ ] Merge PR into master\n  1. [ ] `heroku maintenance:on`", TestName = "wrong numbers")]
    [TestCase("- [ ] Merge PR into master\n- [ ] `heroku maintenance:on`", TestName = "dashes")]
    [TestCase("* [ ] Merge PR into master\n* [ ] `heroku maintenance:on`", TestName = "asterisks")]
    [TestCase("+ Merge PR into master\n+ `heroku maintenance:on`", TestName = "no boxes")]
    [TestCase("1) [ ] Merge PR into master\n2) [ ] `heroku maintenance:on`", TestName = "brackets behind numbers")]
    [TestCase("\n3. [ ] Merge PR into master\n\n4. [ ] Close the app\n\n   ```bash\n   $ heroku maintenance:on\n   Enabling maintenance mode... done\n   ```", TestName = "a fenced block with a prompt and output")]
    [TestCase("1. [ ] Merge PR into master\n2. [ ] Close it\n```\nheroku maintenance:on\n```", TestName = "a fenced block that isn't indented")]
    [TestCase("1. [ ] Merge PR into master\n2. [ ] heroku maintenance:on", TestName = "a command without back-ticks")]
    [TestCase("1. [ ] Merge PR into master\n2. [ ] $ heroku maintenance:on", TestName = "a prompt")]
    [TestCase("1.\t[ ]\tMerge PR into master\n2.\t[ ]\t`heroku maintenance:on`", TestName = "tabs")]
    [TestCase("- Preparation\n  - [ ] Merge PR into master\n  - [ ] `heroku maintenance:on`", TestName = "a list in a list")]
    [TestCase("1. [ ] Merge PR into master <!-- step:1 -->\n<!-- 2. [ ] `heroku rollback` -->\n1. [ ] <!-- step:2 -->`heroku maintenance:on`", TestName = "comments")]
    [TestCase(" Merge PR into master\n\n`heroku maintenance:on`", TestName = "no list")]
    [TestCase("\n\nFirst of all, dear reviewers:\n\n1. [ ] Merge PR into master\n\nand then\n\n2. [ ] `heroku maintenance:on`\n\nThat's it.", TestName = "prose between the steps")]
    public void Reads_steps_however_they_are_written(string steps)
    {
        var reading = PlanMarkdown.Parse($"**Deployment steps**:{(steps[0] is ' ' or '\n' ? "" : "\n")}{steps}\n");

        Assert.That(reading.Plan!.Deployment.Select(step => step.Work.Kind), Is.EqualTo(new[] { "merge-pull-request", "maintenance-on" }));
    }

    [TestCase("**Downsides**: None", new string[0], true)]
    [TestCase("**Downsides**: none.", new string[0], true)]
    [TestCase("**Downsides**: -", new string[0], true)]
    [TestCase("**Downsides**:\n- None", new string[0], true)]
    [TestCase("**Downsides**:", new string[0], false)]
    [TestCase("**Downsides:** slow", new[] { "slow" }, false)]
    [TestCase("__Downsides__: slow", new[] { "slow" }, false)]
    [TestCase("Downsides: slow", new[] { "slow" }, false)]
    [TestCase("### Downsides.\n\nslow\n", new[] { "slow" }, false)]
    [TestCase("- **Downsides**: slow", new[] { "slow" }, false)]
    [TestCase("**Downsides**:\n* медленно\n* 遅い\n  * とても", new[] { "медленно", "遅い\n* とても" }, false)]
    [TestCase("**Downsides**: slow\n**Deployment risks**: None", new[] { "slow" }, false)]
    [TestCase("**Downsides**:\n* slow\n**Deployment risks**: None", new[] { "slow" }, false)]
    [TestCase("**Downsides**: None of the old links work", new[] { "None of the old links work" }, false)]
    public void Reads_facts_however_they_are_written(string markdown, string[] facts, bool none)
    {
        var plan = Plan(markdown);

        Assert.That(plan.Facts.Downsides, Is.EqualTo(facts));
        Assert.That(plan.Facts.None.Contains(PlanPart.Downsides), Is.EqualTo(none));
    }

    [Test]
    public void Reads_the_list_right_under_the_roll_out_plan_as_deployment_steps() =>
        Assert.That(Summary(Plan("# Rollout plan\n\n1. [x] Merge PR into master\n")), Is.EqualTo("Deployment 3:8 [x] merge-pull-request: Merge PR into master"));

    [Test]
    public void Reads_nothing_from_other_sections() =>
        Assert.That(Summary(Plan("## Rollback strategy\n* `heroku rollback`\n\n## Screenshots\n* `heroku maintenance:on`\n")), Is.EqualTo("Rollback 2:3 [ ] roll-back-release: `heroku rollback`"));

    [TestCase("Just a description.", "1:1: This isn't a roll-out plan: none of its headings was found. Start from the template: `## Solution`, `## Roll-out plan`, `## Verification plan`, `## Rollback strategy`.")]
    [TestCase("", "1:1: This isn't a roll-out plan: none of its headings was found. Start from the template: `## Solution`, `## Roll-out plan`, `## Verification plan`, `## Rollback strategy`.")]
    [TestCase("**Downsides**: a\n\n**Downsides**: b", "3:1: “Downsides” stands here a second time. Keep one, with everything in it; the first is on line 1.")]
    [TestCase("**Downsides**: a\n<!-- b\n", "2:1: The comment that begins here is never closed, so GitHub hides everything after it. Close it with `-->`.")]
    [TestCase("**Deployment steps**:\n1. [ ]\n", "2:7: This step says nothing. Say what is to be done, or remove its line.")]
    [TestCase("**Deployment steps**:\n\n<details>\n1. [ ] Merge PR into master\n</details>", "3:1: What stands inside HTML isn't read, and it looks like steps. Put an empty line after the opening tag, or take the steps out of it.")]
    [TestCase("**Deployment steps**:\n\n> 1. [ ] Merge PR into master", "3:1: What stands in a quotation isn't read, and it looks like steps. Take the steps out of the quotation.")]
    [TestCase("**Deployment steps**:\n* Merge\n   continued\n      2. [ ] `heroku maintenance:on`", "2:3: “2. [ ] `heroku maintenance:on`” is read as part of the text around it. Put an empty line before it, and indent it like the others of its kind.")]
    public void Says_where_something_is_that_it_cant_read(string markdown, string problem)
    {
        var reading = PlanMarkdown.Parse(markdown);

        Assert.That(reading.Plan, Is.Null);
        Assert.That(reading.Problems.Select(found => found.Render("plan")), Does.Contain($"plan:{problem}"));
    }

    [TestCase("**Deployment steps**:\n2. [ ] Merge PR into master", "2:1: warning: GitHub shows no list here, so there is no box to tick. Put an empty line before the list, and indent it by at most three blanks.")]
    [TestCase("**Deployment steps**:\n\n    1. [ ] Merge PR into master", "3:5: warning: GitHub shows no list here, so there is no box to tick. Put an empty line before the list, and indent it by at most three blanks.")]
    [TestCase("**Deployment steps**:\n- [ ]Merge PR into master", "2:3: warning: GitHub shows no box here. Write `1. [ ] ` before the step, with one blank on either side of the box, outside of quotations.")]
    [TestCase("**Deployment steps**:\n- [✓] Merge PR into master", "2:3: warning: GitHub shows no box here. Write `1. [ ] ` before the step, with one blank on either side of the box, outside of quotations.")]
    [TestCase("**Deployment steps**:\nRun `heroku maintenance:on` first.\n\n- [ ] Merge PR into master", "2:1: warning: This command stands in the text around the steps, so it isn't carried out. Make it an item of the list.")]
    public void Reads_what_was_meant_and_says_what_GitHub_makes_of_it(string markdown, string warning)
    {
        var reading = PlanMarkdown.Parse(markdown);

        Assert.That(reading.Plan!.Deployment.Select(step => step.Work.Kind), Is.EqualTo(new[] { "merge-pull-request" }));
        Assert.That(reading.Problems.Select(found => found.Render("plan")), Does.Contain($"plan:{warning}"));
    }

    [Test]
    public void Asks_the_projects_own_recognisers_first()
    {
        var reading = PlanMarkdown.Parse("**Deployment steps**:\n1. [ ] Warm the cache\n2. [ ] Merge PR into master\n", new CacheWarmer());

        Assert.That(reading.Plan!.Deployment.Select(step => step.Work), Is.EqualTo(new Work[] { new Work.RunCommand(["python", "warm.py"]), new Work.MergePullRequest() }));
    }

    [Test]
    public void Never_shows_the_value_of_a_config_var()
    {
        var plan = Plan("**Deployment steps**:\n1. [ ] Set it: `heroku config:set GREETING='good morning' --app sushi`\n");

        Assert.That(plan.Deployment[0].Title, Is.EqualTo("Set it: `heroku config:set GREETING=(14 characters) --app sushi`"));
        Assert.That($"{plan.Deployment[0]} {plan.Deployment[0].Work} {plan}", Does.Not.Contain("morning"));
    }

    private static RolloutPlan Plan(string markdown)
    {
        var reading = PlanMarkdown.Parse(markdown);
        Assert.That(reading.Problems, Is.Empty);
        return reading.Plan!;
    }

    private static string Summary(RolloutPlan plan) =>
        string.Join('\n', from part in Enum.GetValues<PlanPart>()
                          from step in plan.StepsOf(part)
                          select $"{part} {step.Line}:{step.Column} [{(step.Ticked ? 'x' : ' ')}] {step.Work.Kind}: {step.Title}");

    private sealed class CacheWarmer : IStepRecogniser
    {
        public Work? Recognise(StepText step) => step.Prose == "Warm the cache" ? new Work.RunCommand(["python", "warm.py"]) : null;
    }
}
