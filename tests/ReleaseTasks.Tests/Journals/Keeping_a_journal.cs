using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Journals;
using ReleaseTasks.Monitoring;
using ReleaseTasks.Redaction;

namespace ReleaseTasks.Tests.Journals;

public sealed class Keeping_a_journal
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    private string _path = "";

    [SetUp]
    public void MakeFolder() => _path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "sushi-pr3", "journal.jsonl");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(_path))!, recursive: true);

    [Test]
    public void Remembers_each_line_across_runs()
    {
        Write(new StepStarted("merge", "Merge #3", Nothing), new StepFinished("merge", Nothing, "merged", Simulated: false));

        var state = Journal.Read(_path);

        Assert.That(state.HasFinished("merge"), Is.True);
        Assert.That(state.Find("merge")!.Evidence, Is.EqualTo("merged"));
    }

    [Test]
    public void Drops_a_torn_last_line_and_goes_on_after_it()
    {
        Write(new StepStarted("merge", "Merge #3", Nothing));
        File.AppendAllText(_path, """{"event":"step-finished","step":"mer""");

        Write(new StepFailed("merge", "no"));

        Assert.That(Journal.Read(_path).Find("merge")!.Failure, Is.EqualTo("no"));
        Assert.That(File.ReadAllLines(_path), Has.Length.EqualTo(2));
    }

    [Test]
    public void Leaves_a_foreign_file_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, "dear diary\ntoday");

        Assert.That(Open, Throws.TypeOf<JournalException>().With.Message.Contains("not a line of a release journal"));
        Assert.That(File.ReadAllText(_path), Is.EqualTo("dear diary\ntoday"));
    }

    [Test]
    public void Refuses_a_journal_of_a_newer_version()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, """{"event":"rollout-finished","v":2,"at":"2026-01-01T00:00:00+00:00"}""" + "\n");

        Assert.That(() => Journal.Read(_path), Throws.TypeOf<JournalException>().With.Message.Contains("newer version"));
    }

    [Test]
    public void Goes_on_from_a_journal_of_an_older_version()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, """{"event":"step-started","step":"merge","title":"Merge #3","before":{},"v":0,"at":"2026-01-01T00:00:00+00:00"}""" + "\n");

        Write(new StepFinished("merge", Nothing, "merged", Simulated: false));

        Assert.That(Journal.Read(_path).HasFinished("merge"), Is.True);
    }

    [Test]
    public void Begins_anew_as_often_as_nothing_was_changed_yet()
    {
        Write(Beginning("old plan"), new StepStarted("record-state", "Look", Nothing) { OnlyReads = true }, Beginning("new plan"));

        var state = Journal.Read(_path);

        Assert.That((state.Start!.Plan, state.Steps.Count, state.HasTouchedTheWorld), Is.EqualTo(("new plan", 0, false)));
    }

    [Test]
    public void Catches_up_with_a_copy_that_went_on_elsewhere()
    {
        Write(Beginning("plan"));
        var copy = File.ReadAllText(_path) + """{"event":"step-started","step":"merge","title":"Merge #3","before":{},"v":1,"at":"2026-01-01T00:00:00+00:00"}""" + "\n";

        using (var journal = Open())
        {
            journal.CatchUp(copy, "refs/release-journals/sushi-pr3");

            Assert.That(journal.State.HasTouchedTheWorld, Is.True);
        }

        Assert.That(File.ReadAllText(_path), Is.EqualTo(copy));
    }

    [Test]
    public void Is_not_mixed_with_a_copy_that_tells_another_story()
    {
        Write(Beginning("mine"), new Stopped("here"));
        var mine = File.ReadAllText(_path);
        var copy = mine.Split('\n')[0] + "\n" + """{"event":"stopped","why":"there","v":1,"at":"2026-01-01T00:00:00+00:00"}""" + "\n";
        using var journal = Open();

        Assert.That(() => journal.CatchUp(copy, "refs/release-journals/sushi-pr3"), Throws.TypeOf<JournalException>().With.Message.Contains("differ from line 2 on"));
        Assert.That(File.ReadAllText(_path), Is.EqualTo(mine));
    }

    [Test]
    public void Lets_one_process_write_at_a_time()
    {
        using var first = Open();

        Assert.That(Open, Throws.TypeOf<JournalException>().With.Message.Contains("Is another run"));
    }

    [Test]
    public void Tells_its_listeners_what_is_already_on_the_disk()
    {
        using var journal = Open();
        var heard = new List<string>();
        journal.Listen(_ => heard.Add(File.ReadAllText(_path)));

        journal.Write(new RolloutFinished());

        Assert.That(heard.Single(), Does.Contain("rollout-finished"));
    }

    [Test]
    public void Stands_as_approved()
    {
        var time = new FakeTimeProvider(new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
        using (var journal = Open(time: time))
        {
            journal.Write(new StepStarted("maintenance-on", "Close the app to visitors", JsonSerializer.SerializeToElement(new { wasOn = false })));
        }

        Assert.That(File.ReadAllText(_path), Is.EqualTo(
            """{"event":"step-started","step":"maintenance-on","title":"Close the app to visitors","before":{"wasOn":false},"v":1,"at":"2026-11-23T09:00:00+00:00"}""" + "\n"));
    }

    [Test]
    public void Keeps_a_plans_secret_out_and_goes_on_with_the_whole_plan()
    {
        const string Plan = "1. `heroku config:set MYVAR=k7w3m9q2x8v4n6p5`";
        string[] command = ["say", "k7w3m9q2x8v4n6p5"];
        Write(Secretive(), Beginning(Plan), new StepStarted("run:1", "Run", JournalFormat.ToElement(new { command })));

        var state = Journal.Read(_path);

        var written = File.ReadAllText(_path);
        Assert.That(written, Does.Not.Contain("k7w3m9q2x8v4n6p5").And.Contain("MYVAR=[REDACTED]"));
        Assert.That(written, Does.Contain("\"wholePlan\":").And.Contain("\"wholeBefore\":"));
        Assert.That((state.Start!.Plan, state.Start.WholePlan), Is.EqualTo((Plan, (string?)null)));
        Assert.That(state.Find("run:1")!.BeforeAs<Dictionary<string, string[]>>()["command"], Is.EqualTo(command));
    }

    [Test]
    public void Acts_on_nothing_that_is_masked()
    {
        Write(
            Secretive(),
            Beginning("say k7w3m9q2x8v4n6p5"),
            new StepStarted("run:1", "Run", JournalFormat.ToElement(new { command = "k7w3m9q2x8v4n6p5" })),
            new StepFinished("run:1", JournalFormat.ToElement(new { printed = "k7w3m9q2x8v4n6p5" }), "exit status 0", Simulated: false));
        File.Delete(Path.Combine(Path.GetDirectoryName(_path)!, "unmasked.json"));

        var state = Journal.Read(_path);

        Assert.That(state.Start!.WholePlan, Is.Not.Null);
        var step = state.Find("run:1")!;
        Assert.That(step.BeforeAs<object>, Throws.TypeOf<JournalException>().With.Message.Contains("unmasked.json"));
        Assert.That(step.AfterAs<object>, Throws.TypeOf<JournalException>().With.Message.Contains("unmasked.json"));
    }

    [Test]
    public void Keeps_what_a_rollback_goes_by_whole_and_shows_it_masked()
    {
        var wanted = new Dictionary<string, string> { ["description"] = "say k7w3m9q2x8v4n6p5" };
        var decision = UndoDecision.Nothing with { Wanted = JournalFormat.ToElement(wanted) };
        Write(Secretive(), Beginning("say it"), new RollbackStarted("zupo", "laptop", decision));

        var state = Journal.Read(_path);

        Assert.That(File.ReadAllText(_path), Does.Not.Contain("k7w3m9q2x8v4n6p5").And.Contain("say [REDACTED]"));
        Assert.That(state.Rollback!.Decision!.WantedAs<Dictionary<string, string>>(), Is.EqualTo(wanted));
        File.Delete(Vault("unmasked.json"));
        Assert.That(
            () => Journal.Read(_path).Rollback!.Decision!.WantedAs<Dictionary<string, string>>(),
            Throws.TypeOf<JournalException>().With.Message.Contains("unmasked.json"));
    }

    [Test]
    public void Is_signed_as_it_is_written_which_is_masked()
    {
        const string Scope = "zupo/sushi sushi-pr3";
        var key = JournalKey.Parse(JournalKey.Create())!;
        Write(Secretive(), Beginning("say k7w3m9q2x8v4n6p5"), new Stopped("k7w3m9q2x8v4n6p5"));

        var copy = SignedCopy.Write(File.ReadAllText(_path), Scope, key);

        Assert.That(copy, Does.Not.Contain("k7w3m9q2x8v4n6p5"));
        Assert.That(SignedCopy.Read(copy, Scope, key, "refs/x"), Is.EqualTo(new SignedCopy(File.ReadAllText(_path), null)));
        var whole = Journal.StateOf(SignedCopy.Read(copy, Scope, key, "refs/x").Text, _path, "refs/x");
        Assert.That(whole.Start!.Plan, Is.EqualTo("say k7w3m9q2x8v4n6p5"), "what is acted on is whole beside the journal");
    }

    [Test]
    public void Keeps_little_of_an_endless_exception()
    {
        Write(new StepStarted("run:1", "Run", Nothing));
        var before = new FileInfo(_path).Length;

        var log = new LogExcerpt([Line("Traceback (most recent call last):"), Line("ValueError: " + new string('x', 10_000_000))]);
        Write(new Verified("bad", [.. Evidence.Of(log, 52, default, default).Select(seen => $"{seen.What}: {seen.Detail}")]));

        Assert.That(new FileInfo(_path).Length - before, Is.InRange(500, 2_000));
        Assert.That(File.ReadAllText(_path), Does.Contain("(10,000,019 characters)"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows knows no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public void Is_for_its_owners_eyes_alone([Values] bool existed)
    {
        var folder = Path.GetDirectoryName(_path)!;
        if (existed)
        {
            Directory.CreateDirectory(folder);
            foreach (var file in new[] { _path, Vault("config-vars.json"), Vault("unmasked.json") })
            {
                File.WriteAllText(file, file == _path ? "" : "{}");
                File.SetUnixFileMode(file, (UnixFileMode)0b110_110_110);
            }

            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_101);
        }

        Write(Secretive(), Beginning("say k7w3m9q2x8v4n6p5"));
        new ConfigVarVault(folder, _ => { }).Save(new Dictionary<string, string> { ["A"] = "b" });

        string[] files = [_path, _path + ".lock", Vault("config-vars.json"), Vault("unmasked.json")];
        Assert.That(files.Select(File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.GetUnixFileMode(folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows knows no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public void Takes_a_vault_back_that_others_could_read()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(Vault("config-vars.json"), """{"A":"b"}""");
        File.SetUnixFileMode(Vault("config-vars.json"), (UnixFileMode)0b110_100_100);

        Assert.That(new ConfigVarVault(Path.GetDirectoryName(_path)!, _ => { }).Find("A"), Is.EqualTo("b"));
        Assert.That(File.GetUnixFileMode(Vault("config-vars.json")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private static LogLine Line(string text) => new(new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), "app", "web.1", text);

    private string Vault(string name) => Path.Combine(Path.GetDirectoryName(_path)!, name);

    private static Redactor Secretive()
    {
        var redactor = new Redactor();
        redactor.Learn([new("MYVAR", "k7w3m9q2x8v4n6p5")]);
        return redactor;
    }

    private static RolloutStarted Beginning(string plan) => new(RolloutId.Parse("sushi-pr3"), "sushi", 3, null, plan, "zupo", "laptop");

    private void Write(params JournalLine[] lines) => Write(new Redactor(), lines);

    private void Write(Redactor redactor, params JournalLine[] lines)
    {
        using var journal = Open(redactor);
        Array.ForEach(lines, journal.Write);
    }

    private Journal Open() => Open(new Redactor());

    private Journal Open(Redactor? redactor = null, TimeProvider? time = null) =>
        Journal.Open(_path, time ?? TimeProvider.System, redactor ?? new Redactor(), new Fingerprint("an app's id").Of);
}
