using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Journals;

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

        Assert.That(() => Journal.Open(_path, TimeProvider.System, text => text), Throws.TypeOf<JournalException>().With.Message.Contains("not a line of a release journal"));
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

        using (var journal = Journal.Open(_path, TimeProvider.System, text => text))
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
        using var journal = Journal.Open(_path, TimeProvider.System, text => text);

        Assert.That(() => journal.CatchUp(copy, "refs/release-journals/sushi-pr3"), Throws.TypeOf<JournalException>().With.Message.Contains("differ from line 2 on"));
        Assert.That(File.ReadAllText(_path), Is.EqualTo(mine));
    }

    [Test]
    public void Lets_one_process_write_at_a_time()
    {
        using var first = Journal.Open(_path, TimeProvider.System, text => text);

        Assert.That(() => Journal.Open(_path, TimeProvider.System, text => text), Throws.TypeOf<JournalException>().With.Message.Contains("Is another run"));
    }

    [Test]
    public void Tells_its_listeners_what_is_already_on_the_disk()
    {
        using var journal = Journal.Open(_path, TimeProvider.System, text => text);
        var heard = new List<string>();
        journal.Listen(_ => heard.Add(File.ReadAllText(_path)));

        journal.Write(new RolloutFinished());

        Assert.That(heard.Single(), Does.Contain("rollout-finished"));
    }

    [Test]
    public void Stands_as_approved()
    {
        var time = new FakeTimeProvider(new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));
        using (var journal = Journal.Open(_path, time, text => text))
        {
            journal.Write(new StepStarted("maintenance-on", "Close the app to visitors", JsonSerializer.SerializeToElement(new { wasOn = false })));
        }

        Assert.That(File.ReadAllText(_path), Is.EqualTo(
            """{"event":"step-started","step":"maintenance-on","title":"Close the app to visitors","before":{"wasOn":false},"v":1,"at":"2026-11-23T09:00:00+00:00"}""" + "\n"));
    }

    private static RolloutStarted Beginning(string plan) => new(RolloutId.Parse("sushi-pr3"), "sushi", 3, null, plan, "zupo", "laptop");

    private void Write(params JournalLine[] lines)
    {
        using var journal = Journal.Open(_path, TimeProvider.System, text => text);
        Array.ForEach(lines, journal.Write);
    }
}
