using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

public sealed class ReadingCommands
{
    private static readonly object[] Understood =
    [
        new object[] { "heroku maintenance:on -a sushi", new Work.MaintenanceOn { App = "sushi" } },
        new object[] { "$ heroku maintenance:off --app=sushi", new Work.MaintenanceOff { App = "sushi" } },
        new object[] { "heroku config:get MYVAR > MYVAR.old", new Work.BackUpConfigVar("MYVAR") },
        new object[] { "heroku config:get MYVAR --app sushi >MYVAR.old", new Work.BackUpConfigVar("MYVAR") { App = "sushi" } },
        new object[] { "heroku config:set MYVAR=$(< MYVAR.old)", new Work.RestoreConfigVar("MYVAR") },
        new object[] { "heroku config:set MYVAR=\"$(<MYVAR.old)\"", new Work.RestoreConfigVar("MYVAR") },
        new object[] { "heroku config:set 'GREETING=it is \"me\"'", new Work.SetConfigVar("GREETING", "it is \"me\"") },
        new object[] { @"heroku config:set GREETING=it\'s\ me", new Work.SetConfigVar("GREETING", "it's me") },
        new object[] { "heroku config:set PRICE=\"5 \\$ = 4 €\"", new Work.SetConfigVar("PRICE", "5 $ = 4 €") },
        new object[] { "heroku config:unset MYVAR", new Work.UnsetConfigVar("MYVAR") },
        new object[] { "heroku pg:backups:capture DATABASE_URL -a sushi", new Work.BackUpDatabase("DATABASE_URL") { App = "sushi" } },
        new object[] { "heroku addons:create heroku-postgresql:standard-0 -a sushi -- --rollback DATABASE_URL --to '2021-06-03 07:27 UTC'", new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "DATABASE_URL", new(2021, 6, 3, 7, 27, 0, TimeSpan.Zero)) { App = "sushi" } },
        new object[] { "heroku addons:create heroku-postgresql:standard-0 --rollback YELLOW --to 2021-06-03T09:27:10+02:00", new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "YELLOW", new(2021, 6, 3, 7, 27, 10, TimeSpan.Zero)) },
        new object[] { "heroku addons:create heroku-postgresql:standard-0 --rollback YELLOW --to now --wait", new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "YELLOW") },
        new object[] { "heroku addons:destroy postgresql-curved-12345 --confirm sushi --app sushi", new Work.DestroyAddon("postgresql-curved-12345") { App = "sushi" } },
        new object[] { "heroku pg:promote HEROKU_POSTGRESQL_SILVER", new Work.PromoteDatabase("HEROKU_POSTGRESQL_SILVER") },
        new object[] { "heroku rollback", new Work.RollBackRelease() },
        new object[] { "heroku rollback vXX", new Work.RollBackRelease() },
        new object[] { "heroku rollback v51", new Work.RollBackRelease(51) },
        new object[] { "heroku ps:scale worker=0", new Work.Scale("worker", 0) },
        new object[] { "heroku ps:restart web.1", new Work.Restart("web.1") },
        new object[] { "heroku restart", new Work.Restart() },
        new object[] { "heroku run python manage.py migrate --noinput -a sushi", new Work.RunCommand(["python", "manage.py", "migrate", "--noinput"]) { App = "sushi" } },
        new object[] { "heroku run -a sushi -- echo -a b", new Work.RunCommand(["echo", "-a", "b"]) { App = "sushi" } },
        new object[] { "heroku run \"alembic upgrade head\"", new Work.AlembicUpgrade("head") },
        new object[] { "heroku run alembic downgrade -1", new Work.AlembicDowngrade("-1") },
        new object[] { "alembic downgrade ae1027a6acf", new Work.AlembicDowngrade("ae1027a6acf") },
        new object[] { "git push heroku master", new Work.Deploy() },
        new object[] { "heroku logs -a sushi --tail", new Work.WatchLogs { App = "sushi" } },
        new object[] { "heroku pg:info", new Work.CheckByHand() },
        new object[] { "curl -fsS https://sushi.example.com/health", new Work.SmokeTest(new("https://sushi.example.com/health")) },
    ];

    [TestCaseSource(nameof(Understood))]
    public void Understands_what_the_procedure_uses(string command, Work work) => Assert.That(Read(command), Is.EqualTo(work));

    [Test]
    public void Understands_one_command_that_does_the_same_to_several_things()
    {
        Assert.That(ReadAll("heroku config:set A=1 B=$(< B.old) -a sushi"), Is.EqualTo(new Work[] { new Work.SetConfigVar("A", "1") { App = "sushi" }, new Work.RestoreConfigVar("B") { App = "sushi" } }));
        Assert.That(ReadAll("heroku config:unset A B"), Is.EqualTo(new Work[] { new Work.UnsetConfigVar("A"), new Work.UnsetConfigVar("B") }));
        Assert.That(ReadAll("heroku ps:scale web=2 worker=1"), Is.EqualTo(new Work[] { new Work.Scale("web", 2), new Work.Scale("worker", 1) }));
        Assert.That(ReadAll("heroku ps:scale web=2 worker+1"), Is.EqualTo(new Work[] { new Work.Manual("a process type is scaled to a number: `heroku ps:scale worker=2`") }), "all of it, or none");
    }

    [TestCase("heroku maintenance:on; rm -rf /", "`;` joins two commands, and a step is never given to a shell")]
    [TestCase("heroku maintenance:on && heroku maintenance:off", "`&&` joins two commands, and a step is never given to a shell")]
    [TestCase("heroku config:get A | pbcopy", "`|` feeds one command to another, and a step is never given to a shell")]
    [TestCase("heroku config:set A=$(cat A.old)", "`$(…)` runs another command, and a step is never given to a shell")]
    [TestCase("heroku config:set A=$HOME", "`$` reads a variable of a shell, and a step is never given to a shell")]
    [TestCase("heroku config:set A=\"b $(< A.old)\"", "a backup of A is restored from `$(< A.old)`")]
    [TestCase("heroku config:set A=$(< B.old)", "a backup of A is restored from `$(< A.old)`")]
    [TestCase("heroku config:set A=1 A=2", "it sets one config var twice")]
    [TestCase("heroku config:set A=", "it gives A no value: `heroku config:unset A` removes it")]
    [TestCase("heroku config:get A", "the value isn't saved: `> A.old` is missing")]
    [TestCase("heroku config:get A > /etc/passwd", "`>` writes to a file, and a step is never given to a shell")]
    [TestCase("heroku config:get A > B.old", "a backup is saved as `> A.old`")]
    [TestCase("heroku maintenance:on > log", "`>` writes to a file")]
    [TestCase("heroku maintenance:on —app sushi", "it has a typographic dash, and a step is never given to a shell")]
    [TestCase("heroku config:set A=“b”", "it has typographic quotes, and a step is never given to a shell")]
    [TestCase("heroku config:set A='b", "a quote isn't closed, and a step is never given to a shell")]
    [TestCase("heroku maintenance:on\u202e", "it holds the character U+202E, and a step is never given to a shell")]
    [TestCase("heroku maintenance:on --remote staging", "its option `--remote` isn't known here")]
    [TestCase("heroku maintenance:on --app a1 --app b1", "its option `--app` stands there twice")]
    [TestCase("heroku maintenance:on --app", "`--app` has no value")]
    [TestCase("heroku maintenance:on --app 'a b'", "`--app` doesn't give the name of an app")]
    [TestCase("heroku addons:destroy A B", "a step destroys one add-on")]
    [TestCase("heroku addons:destroy A --app sushi --confirm other", "`--confirm` and `--app` name two apps")]
    [TestCase("heroku addons:destroy A --force", "its option `--force` isn't known here")]
    [TestCase("heroku addons:create heroku-redis:mini", "of add-ons only rollback databases are created here (`--rollback SOURCE --to TIME`)")]
    [TestCase("heroku addons:create heroku-postgresql:standard-0 --rollback A", "`--to` is missing: the point in time to roll back to")]
    [TestCase("heroku addons:create heroku-postgresql:standard-0 --rollback A --to '2013-10-21 15:52'", "`--to` isn't a date, a time and a zone, such as `2013-10-21 15:52+00`, nor `now`")]
    [TestCase("heroku pg:reset DATABASE", "`heroku pg:reset` isn't a command that it knows")]
    [TestCase("heroku run bash", "`bash` is a shell")]
    [TestCase("heroku run --size=performance-l python x.py", "its option `--size` isn't known here")]
    [TestCase("heroku run 'python x.py; rm y'", "`;` joins two commands, and a step is never given to a shell")]
    [TestCase("heroku rollback 51.5", "a release is written `v51`, or `vXX` for the one that is current when the roll-out begins")]
    [TestCase("heroku ps:scale web+1", "a process type is scaled to a number: `heroku ps:scale worker=2`")]
    [TestCase("git push -f heroku master", "nothing is ever pushed by force")]
    [TestCase("curl -X POST https://example.com", "of `curl` only the reading of one http address is known")]
    [TestCase("curl https://me:secret@example.com", "of `curl` only the reading of one http address is known")]
    [TestCase("rm -rf build", "`rm` isn't a command that it knows")]
    public void Leaves_everything_else_to_a_person_and_says_why(string command, string warning) => Assert.That(Read(command), Is.EqualTo(new Work.Manual(warning) { App = Read(command).App }));

    [TestCase("If the migration fails, `heroku rollback v51`", "“if” makes its command depend on something")]
    [TestCase("Do not run `heroku maintenance:on`", "“do not” makes its command depend on something")]
    [TestCase("`heroku ps:restart` or `heroku ps:restart web.1`", "“or” makes its command depend on something")]
    [TestCase("Disable maintenance mode: `heroku maintenance:on`", "its words ask for maintenance-off, its command for maintenance-on")]
    [TestCase("Merge PR into master: `heroku maintenance:on`", "its words ask for merge-pull-request, its command for maintenance-on")]
    [TestCase("Backup `MYVAR` variable `heroku config:get OTHER > OTHER.old`", "its words ask for back-up-config-var, its command for back-up-config-var")]
    public void Believes_no_command_that_its_words_take_back(string words, string warning) => Assert.That(Step(words), Is.EqualTo(new Work.Manual(warning)));

    [TestCase("After a week `heroku addons:destroy A`", 7.0)]
    [TestCase("In 3 days destroy it: `heroku addons:destroy A`", 3.0)]
    [TestCase("After some time `heroku addons:destroy A`", null)]
    public void Reads_how_long_to_wait(string words, double? days) =>
        Assert.That(Step(words), Is.EqualTo(new Work.DestroyAddon("A", days is { } number ? TimeSpan.FromDays(number) : null, Later: true)));

    private static Work Read(string command) => Step($"`{command}`");

    private static Work Step(string words) => Steps(words).Single();

    private static IEnumerable<Work> ReadAll(string command) => Steps($"`{command}`");

    private static IEnumerable<Work> Steps(string words) => PlanMarkdown.Parse($"**Deployment steps**:\n1. [ ] {words}\n").Draft.Deployment.Select(step => step.Work);
}
