using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Plans;

public sealed class LintingPlans
{
    /// <summary>The sample app, half an hour into the deployment window.</summary>
    private static readonly PlanWorld Sushi = new()
    {
        App = "sushi",
        PullRequest = 3,
        Title = "remove `username` field, use `email` instead",
        Now = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero),
        Ops = ["dz0ny", "gurvankervern"],
        Attachments =
        [
            new("DATABASE", "postgresql-curved-12345", "heroku-postgresql:standard-0", IsPrimary: true, new(2026, 11, 19, 9, 30, 0, TimeSpan.Zero)),
            new("HEROKU_POSTGRESQL_YELLOW", "postgresql-curved-12345", "heroku-postgresql:standard-0", IsPrimary: true, new(2026, 11, 19, 9, 30, 0, TimeSpan.Zero)),
            new("HEROKU_POSTGRESQL_BLUE", "postgresql-round-54321", "heroku-postgresql:essential-0"),
        ],
    };

    [Test]
    public void Accepts_the_simple_example() =>
        Assert.That(Problems(Examples.Simple, Sushi), Is.EqualTo("#3:20:5: note: The release is filled in when the roll-out begins: the one that is current then."));

    [Test]
    public void Accepts_the_complex_example_once_it_is_put_right() => Assert.That(Errors(Examples.Corrected, Sushi), Is.Empty);

    [Test]
    public void Refuses_the_complex_examples_own_step_7_and_says_what_to_write_instead() =>
        Assert.That(Errors(Examples.ComplexMigration, PlanWorld.Unknown), Is.EqualTo(
            "#3:38:10: This destroys `HEROKU_POSTGRESQL_YELLOW`: line 25 makes the rollback database from it, so it is the app's own database, with its data. "
            + "Write `HEROKU_POSTGRESQL_SILVER`, the rollback database that line 25 creates and the rollback strategy promotes: only what this roll-out created may go."));

    [Test]
    public void Refuses_the_template_as_long_as_nobody_has_filled_it_in() =>
        Assert.That(Errors(Examples.BasicTemplate, PlanWorld.Unknown), Is.EqualTo("""
            #3:2:1: “Original issue and supporting materials” is empty. Link the issue: `**Original issue and supporting materials**: #3 increase navbar width`.
            #3:3:1: “Downsides” is empty. Fill it in, or write `**Downsides**: None`.
            #3:6:1: “Deployment risks” is empty. Fill it in, or write `**Deployment risks**: None`.
            #3:7:1: “Deployment assistants” is empty. Fill it in, or write `**Deployment assistants**: None`.
            #3:8:1: “Backing services related changes” is empty. Fill it in, or write `**Backing services related changes**: None`.
            #3:9:1: “Backuping steps” is empty. Fill it in, or write `**Backuping steps**: None`.
            #3:11:10: This step is still a placeholder. Write what is to be done, or remove its line.
            #3:13:1: “Verification plan” is empty. Write how to see that it works: `1. [ ] Monitor papertrail and getsentry`.
            #3:15:1: “Rollback strategy” is empty. Write how to undo it: ``1. [ ] Rollback release to previous revision: `heroku rollback vXX` ``.
            """));

    [TestCase("**Downsides**:", "**Disadvantages**:", "1:1: “Downsides” is missing. Fill it in, or write `**Downsides**: None`.")]
    [TestCase("  1. [ ] Monitor papertrail and getsentry\n  2. [ ] Implementation verification: test production against original issue user stories\n  3. [ ] Smoke Testing: click through user related pages", "None",
        "41:1: “Verification plan” says “None”. Write how to see that it works: `1. [ ] Monitor papertrail and getsentry`.")]
    [TestCase("  2. [ ] Merge PR into master", "  2. [ ] TODO", "32:10: This step is still a placeholder. Write what is to be done, or remove its line.")]
    [TestCase("dz0ny I will need your assistance for DB migration", "karantan, please", "16:1: Deployment assistant “karantan” isn't one of ops. Name one of them: dz0ny, gurvankervern.")]
    [TestCase("dz0ny I will need your assistance for DB migration", "@dz0ny and @zupo", "16:1: Deployment assistant “zupo” isn't one of ops. Name one of them: dz0ny, gurvankervern.")]
    [TestCase("dz0ny I will need your assistance for DB migration", "None", "16:1: The migration is complex, and nobody of ops assists. Name one: `**Deployment assistants**: dz0ny`.")]
    [TestCase("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy DATABASE_URL", "38:10: This destroys `DATABASE_URL`, the app's primary database. Write `HEROKU_POSTGRESQL_SILVER`, the rollback database that line 25 creates and the rollback strategy promotes: only what this roll-out created may go.")]
    [TestCase("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy heroku_postgresql_yellow_url", "38:10: This destroys `heroku_postgresql_yellow_url`: line 25 makes the rollback database from it, so it is the app's own database, with its data. Write `HEROKU_POSTGRESQL_SILVER`, the rollback database that line 25 creates and the rollback strategy promotes: only what this roll-out created may go.")]
    [TestCase("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy postgresql-curved-12345", "38:10: This destroys `postgresql-curved-12345`: line 25 makes the rollback database from it, so it is the app's own database, with its data. Write `HEROKU_POSTGRESQL_SILVER`, the rollback database that line 25 creates and the rollback strategy promotes: only what this roll-out created may go.")]
    [TestCase("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy HEROKU_POSTGRESQL_BLUE", "38:10: This destroys `HEROKU_POSTGRESQL_BLUE`, which was there before this roll-out. Write `HEROKU_POSTGRESQL_SILVER`, the rollback database that line 25 creates and the rollback strategy promotes: only what this roll-out created may go.")]
    [TestCase("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy HEROKU_POSTGRESQL_GOLD", "52:10: This names `HEROKU_POSTGRESQL_SILVER`, and line 38 names `HEROKU_POSTGRESQL_GOLD`: the roll-out creates one database. Write the same name in both places: which one it is turns out when line 25 runs.")]
    [TestCase("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:detach HEROKU_POSTGRESQL_YELLOW", "38:10: This detaches `HEROKU_POSTGRESQL_YELLOW`: line 25 makes the rollback database from it, so it is the app's own database, with its data. Write `HEROKU_POSTGRESQL_SILVER`, the rollback database that line 25 creates and the rollback strategy promotes: only what this roll-out created may go.")]
    [TestCase("`heroku addons:destroy HEROKU_POSTGRESQL_SILVER --app sushi`", "`heroku addons:destroy HEROKU_POSTGRESQL_YELLOW --app sushi; echo done`", "38:10: This destroys `HEROKU_POSTGRESQL_YELLOW`: line 25 makes the rollback database from it, so it is the app's own database, with its data. Write `HEROKU_POSTGRESQL_SILVER`, the rollback database that line 25 creates and the rollback strategy promotes: only what this roll-out created may go.")]
    [TestCase("     `heroku addons:destroy HEROKU_POSTGRESQL_SILVER --app sushi`", "     and delete HEROKU_POSTGRESQL_YELLOW", "38:10: This asks a person to remove something of `HEROKU_POSTGRESQL_YELLOW`, a database that was there before this roll-out. Remove this step: only what this roll-out created may go.")]
    [TestCase("     `heroku addons:destroy HEROKU_POSTGRESQL_SILVER --app sushi`", "     `heroku pg:reset DATABASE --confirm sushi`", "38:10: `pg:reset` can't be undone. Remove this step: nothing in a roll-out may destroy data that it can't bring back.")]
    [TestCase("After some time destroy", "Destroy", "38:10: This destroys the rollback database at once, and the rollback strategy needs it. Say when: ``After a week destroy DB rollback: `heroku addons:destroy …` ``.")]
    [TestCase("pg:promote HEROKU_POSTGRESQL_SILVER", "pg:promote HEROKU_POSTGRESQL_YELLOW", "52:10: This promotes `HEROKU_POSTGRESQL_YELLOW`, which is the primary all the time. Name the rollback database, such as `HEROKU_POSTGRESQL_SILVER`, or remove this step.")]
    [TestCase("  1. [ ] Create production DB rollback:\n     `heroku addons:create heroku-postgresql:standard-0 --rollback HEROKU_POSTGRESQL_YELLOW --to now --app sushi`\n", "",
        "50:10: This promotes `HEROKU_POSTGRESQL_SILVER`, and the roll-out creates no database, nor has the app one of that name: DATABASE, HEROKU_POSTGRESQL_BLUE, HEROKU_POSTGRESQL_YELLOW. Create it in the backuping steps: `heroku addons:create heroku-postgresql:standard-0 --rollback DATABASE_URL --to now`.")]
    [TestCase("--to now", "--to '2026-11-24 08:00+00'", "25:10: `--to` is 2026-11-24 08:00+00, and it is 2026-11-23 09:30+00 now: that is in the future. Write `--to now`: it is filled in when the step runs.")]
    [TestCase("--to now", "--to '2013-10-21 15:52+00'", "25:10: `--to` is 2013-10-21 15:52+00, and `HEROKU_POSTGRESQL_YELLOW` can be rolled back to 2026-11-19 09:30+00 at the earliest. Write `--to now`: it is filled in when the step runs.")]
    [TestCase("--rollback HEROKU_POSTGRESQL_YELLOW", "--rollback HEROKU_POSTGRESQL_PINK", "25:10: The app has no database `HEROKU_POSTGRESQL_PINK` to roll back. Name one of its own: DATABASE, HEROKU_POSTGRESQL_BLUE, HEROKU_POSTGRESQL_YELLOW.")]
    [TestCase("--rollback HEROKU_POSTGRESQL_YELLOW", "--rollback HEROKU_POSTGRESQL_BLUE", "25:10: `HEROKU_POSTGRESQL_BLUE` has the plan heroku-postgresql:essential-0, which keeps nothing to roll back to. Back it up instead: `heroku pg:backups:capture`.")]
    [TestCase("  6. [ ] Disable maintenance mode:\n    `heroku maintenance:off`\n", "", "33:10: Maintenance mode is switched on and never off again: the app would stay closed. Add ``Disable maintenance mode: `heroku maintenance:off` `` at the end of the deployment steps.")]
    [TestCase("  3. [ ] Set application into maintenance mode:\n     `heroku maintenance:on`\n", "", "34:10: Maintenance mode is switched off here, and no step before it switches it on. Put ``Set application into maintenance mode: `heroku maintenance:on` `` before it, or remove this step.")]
    [TestCase("  2. [ ] Merge PR into master\n", "", "34:10: This deploys, and no step before it merges the pull request. Put `1. [ ] Merge PR into master` before it: what is released is the merge commit.")]
    [TestCase("Merge PR into master", "Merge PR #4 into master", "32:10: This merges #4, and this plan is #3's. Write `Merge PR into master`, and merge the other one by its own plan.")]
    [TestCase("  7. [ ] After", "  7. [ ] `heroku addons:create heroku-postgresql:standard-0 --rollback DATABASE_URL --to now`\n  8. [ ] After", "38:10: This saves the database after the release of line 32, and that may have migrated it. Move it to the backuping steps.")]
    [TestCase("  7. [ ] After", "  7. [ ] `heroku config:set MYVAR=b`\n  8. [ ] `heroku config:set MYVAR=c`\n  9. [ ] After", "39:10: This contradicts line 38. Keep one of the two steps.")]
    [TestCase("  7. [ ] After", "  7. [ ] `heroku config:set OTHER=b`\n  8. [ ] `heroku config:get OTHER > OTHER.old`\n  9. [ ] After", "39:10: This saves OTHER after line 38 has changed it. Move it to the backuping steps.")]
    [TestCase("heroku maintenance:off", "heroku maintenance:off -a gyoza", "36:10: This step is about the app `gyoza`, and the plan about `sushi`. Write `--app sushi`, and give `gyoza` a plan of its own.")]
    [TestCase("  2. [ ] Rollback web worker to previous revision\n    `heroku rollback vXX`\n", "", "32:10: This can't be undone: no step of the rollback strategy covers it. Add `heroku rollback vXX` to the rollback strategy.")]
    [TestCase("  7. [ ] After", "  7. [ ] `heroku run python fix.py`\n  8. [ ] After", null)]
    [TestCase("  2. [ ] Backup `MYVAR` variable value\n     `heroku config:get MYVAR > MYVAR.old`\n", "", "46:10: This undoes what the roll-out never does: MYVAR isn't backed up. Add `heroku config:get MYVAR > MYVAR.old` to the backuping steps, or remove this step.")]
    [TestCase("  3. [ ] Promote", "  3. [ ] `heroku config:unset NEW`\n  4. [ ] Promote", "52:10: This undoes what the roll-out never does: NEW isn't set. Remove this step, or add the change to the deployment steps.")]
    public void Says_what_is_wrong_and_what_to_write_instead(string correct, string wrong, string? problem)
    {
        var text = Examples.Corrected.Replace(correct, wrong, StringComparison.Ordinal);

        Assert.That(text, Is.Not.EqualTo(Examples.Corrected));
        Assert.That(Errors(text, Sushi).Split('\n', StringSplitOptions.RemoveEmptyEntries), problem is null ? Is.Empty : Does.Contain($"#3:{problem}"));
    }

    private static readonly PlanWorld Routed = Sushi with { CarriedOut = plan => Route.Of(plan).Select(leg => leg.Step) };

    [Test]
    public void Accepts_steps_in_the_order_in_which_they_are_carried_out() => Assert.That(Errors(Examples.Corrected, Routed), Is.Empty);

    [TestCase("  1. [ ] Notify end users about this changes\n", "", "  7. [ ] After", "  7. [ ] Notify end users about this changes\n  8. [ ] After",
        "37:10: This is done before line 31, which stands above it: a roll-out backs up, notifies, merges, closes the app, deploys and opens it, in this order. Move it above line 31.")]
    [TestCase("  7. [ ] After", "  7. [ ] `heroku maintenance:on -a sushi`\n  8. [ ] `heroku maintenance:off -a sushi`\n  9. [ ] After", "x", "x",
        "38:10: This is done before line 35, which stands above it: a roll-out backs up, notifies, merges, closes the app, deploys and opens it, in this order. Move it above line 35.")]
    public void Refuses_an_order_in_which_they_are_not_carried_out(string one, string other, string two, string another, string problem) =>
        Assert.That(Errors(Examples.Corrected.Replace(one, other, StringComparison.Ordinal).Replace(two, another, StringComparison.Ordinal), Routed), Does.Contain($"#3:{problem}"));

    [Test]
    public void Warns_where_the_order_makes_no_difference_to_the_app()
    {
        var text = Examples.Corrected.Replace("  1. [ ] Notify end users about this changes\n  2. [ ] Merge PR into master", "  1. [ ] Merge PR into master\n  2. [ ] Notify end users about this changes", StringComparison.Ordinal);

        Assert.That(Problems(text, Routed), Does.Contain("#3:32:10: warning: This is done before line 31"));
        Assert.That(Errors(text, Routed), Is.Empty);
    }

    [Test]
    public void Refuses_a_task_that_the_program_does_not_have()
    {
        var plan = PlanMarkdown.Parse("**Deployment steps**:\n1. [ ] Warm the caches\n", new Recogniser()).Draft;

        Assert.That(PlanLint.Check(plan, new() { Tasks = ["Compile"] }).Select(problem => problem.What), Does.Contain("This runs the task WarmCaches, which this program doesn't have."));
        Assert.That(PlanLint.Check(plan, new() { Tasks = ["warmcaches"] }).Select(problem => problem.What), Has.None.Contains("which this program doesn't have"));
    }

    [Test]
    public void Believes_no_unknown_name_to_be_the_rollback_database_as_long_as_nothing_is_known_of_the_app() =>
        Assert.That(Errors(Examples.Documented.Replace("addons:destroy HEROKU_POSTGRESQL_SILVER", "addons:destroy HEROKU_POSTGRESQL_BLUE", StringComparison.Ordinal), PlanWorld.Unknown), Does.Contain(
            "This destroys `HEROKU_POSTGRESQL_BLUE`, and nothing says that this is what line 17 creates. Promote it by the same name in the rollback strategy: `heroku pg:promote HEROKU_POSTGRESQL_BLUE`."));

    [Test]
    public void Sees_what_hides_between_the_lines_of_a_command_that_it_understands() =>
        Assert.That(Errors(Examples.Corrected.Replace("     `heroku addons:destroy HEROKU_POSTGRESQL_SILVER --app sushi`", "     `he\n$ heroku rollback v51\nroku addons:destroy HEROKU_POSTGRESQL_YELLOW --app sushi`", StringComparison.Ordinal), PlanWorld.Unknown), Does.Contain(
            "This destroys `HEROKU_POSTGRESQL_YELLOW`"));

    [Test]
    public void Asks_work_in_progress_for_its_issue_only()
    {
        const string Text = "**Work In Progress, do not merge**\n\n**Original issue**: #3\n";

        Assert.That(Errors(Text, Sushi with { Title = "[WIP] remove `username`" }), Is.Empty);
        Assert.That(Errors(Text, Sushi), Is.Not.Empty);
    }

    [Test]
    public void Asks_work_in_progress_that_changes_configuration_for_a_way_back() =>
        Assert.That(Errors("**Original issue**: #3\n**Backing services**: updating `MYVAR`\n", Sushi with { Title = "[WIP] remove `username`" }), Is.EqualTo("""
            #3:1:1: “Deployment steps” is missing, and work in progress that changes configuration or add-ons needs it too. Write the steps: `1. [ ] Merge PR into master`.
            #3:1:1: “Rollback strategy” is missing, and work in progress that changes configuration or add-ons needs it too. Write how to undo it: ``1. [ ] Rollback release to previous revision: `heroku rollback vXX` ``.
            """));

    [TestCase("config:set A=", "ghp_", "16C7e42F292c6912E7710c838347Ae178B4a", "an access token")]
    [TestCase("see ", "postgres://me:", "s3cr3t-pa55@ec2-1.example.com:5432/db", "a URL with a password")]
    [TestCase("", "https://hooks.slack.com/services/", "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX", "an access token")]
    [TestCase("`heroku config:set ", "DJANGO_SECRET_KEY=", "correct-horse", "the value of a secret setting")]
    [TestCase("", "-----BEGIN RSA ", "PRIVATE KEY-----", "a private key")]
    [TestCase("the key is ", "", "xK9dPq2LmW7vRt4ZbN8c", "a random token")]
    public void Finds_secrets_and_never_repeats_them(string before, string start, string rest, string kind)
    {
        var reading = PlanMarkdown.Parse(Examples.Corrected.Replace("complex DB migration", $"complex DB migration {before}{start}{rest}", StringComparison.Ordinal));

        var problems = string.Join('\n', PlanLint.Check(reading, Sushi).Select(problem => problem.Render("#3")));

        Assert.That(problems, Does.Contain($"This looks like {kind}, and everybody who can read the pull request can read it. Take it out, make a new one, and let a person set it: write the step without the value."));
        Assert.That($"{problems} {PlanJson.Write(reading.Draft, reading.Problems, "#3")}", Does.Not.Contain(rest));
    }

    [TestCase("de638891f2a34b5c6d7e8f9012345678901234ab")]
    [TestCase("01234567-89ab-cdef-0123-456789abcdef")]
    [TestCase("https://github.com/zupo/sushi/commit/de638891f2a34b5c6d7e8f9012345678901234ab")]
    [TestCase("postgresql-curved-12345 and HEROKU_POSTGRESQL_YELLOW_URL")]
    [TestCase("mypackage.models.UserAccountRepositoryFactory")]
    [TestCase("API_TOKEN=$(< API_TOKEN.old)")]
    public void Takes_no_name_for_a_secret(string text) =>
        Assert.That(Errors(Examples.Corrected.Replace("complex DB migration", $"complex DB migration {text}", StringComparison.Ordinal), Sushi), Is.Empty);

    private static string Problems(string markdown, PlanWorld world) => string.Join('\n', PlanLint.Check(PlanMarkdown.Parse(markdown), world).Select(problem => problem.Render("#3")));

    private static string Errors(string markdown, PlanWorld world) =>
        string.Join('\n', PlanLint.Check(PlanMarkdown.Parse(markdown), world).Where(problem => problem.Severity == PlanSeverity.Error).Select(problem => problem.Render("#3")));

    private sealed class Recogniser : IStepRecogniser
    {
        public Work? Recognise(StepText step) => step.Prose == "Warm the caches" ? new Work.RunProjectTask("WarmCaches") : null;
    }
}
