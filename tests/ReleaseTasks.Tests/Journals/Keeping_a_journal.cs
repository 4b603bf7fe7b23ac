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

    private void Write(params JournalLine[] lines)
    {
        using var journal = Journal.Open(_path, TimeProvider.System, text => text);
        Array.ForEach(lines, journal.Write);
    }
}
