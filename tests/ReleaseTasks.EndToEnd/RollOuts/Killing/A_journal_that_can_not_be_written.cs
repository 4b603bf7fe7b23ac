using System.Runtime.Versioning;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>Nothing is done that couldn't be written down before.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class A_journal_that_can_not_be_written
{
    private const UnixFileMode ReadOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserExecute;

    [Test]
    public async Task Ends_the_run_before_the_next_effect_when_the_disk_is_full()
    {
        await using var arena = await Arena.OpenAsync();

        var run = await PublishedProgram.RunWithFilesUpToAsync(8, arena.Folder, Example.Complex.Deploy);
        var stopped = arena.JournalLines;
        var again = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Contain("journal.jsonl can't be written").And.Contain("Nothing more is done. Make room, then run the same command again."));
        Assert.That(stopped, Is.Positive);
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
    }

    [Test]
    public async Task Ends_the_run_before_anything_when_its_place_is_taken()
    {
        await using var arena = await Arena.OpenAsync();
        await File.WriteAllTextAsync(arena.PathOf(".release"), "not a folder");
        var before = await WorldSnapshot.OfAsync(arena, 3);

        var run = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Contain("can't be opened for writing").And.Contain("Nothing was changed."));
        Assert.That(await WorldSnapshot.OfAsync(arena, 3), Is.EqualTo(before));
    }

    [Test]
    public async Task Ends_the_run_before_anything_where_its_folder_is_read_only()
    {
        await using var arena = await Arena.OpenAsync();
        Directory.CreateDirectory(arena.PathOf(".release"), ReadOnlyFolder);
        var before = await WorldSnapshot.OfAsync(arena, 3);

        var run = await PublishedProgram.RunAsOneWhoIsBoundByPermissionsAsync(arena.Folder, Example.Complex.Deploy);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Contain("can't be opened for writing").And.Contain("Nothing was changed."));
        Assert.That(await WorldSnapshot.OfAsync(arena, 3), Is.EqualTo(before));
    }

    [Test]
    public async Task Goes_on_from_a_journal_that_was_read_only_for_a_while()
    {
        await using var arena = await Arena.OpenAsync(faults: new ReleaseTasks.Sandbox.Fault { On = "PUT /api/v3/repos/zupo/sushi/pulls/*/merge", Do = "cut-power" });
        await arena.RunAsync(Example.Complex.Deploy);
        var (died, journal) = (await WorldSnapshot.OfAsync(arena, 3), await File.ReadAllTextAsync(arena.JournalPath));
        File.SetUnixFileMode(arena.JournalPath, UnixFileMode.UserRead);

        var refused = await PublishedProgram.RunAsOneWhoIsBoundByPermissionsAsync(arena.Folder, Example.Complex.Deploy);
        var (between, kept) = (await WorldSnapshot.OfAsync(arena, 3), await File.ReadAllTextAsync(arena.JournalPath));
        File.SetUnixFileMode(arena.JournalPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var again = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Errors, Does.Contain("journal.jsonl can't be opened for writing"));
        Assert.That((between, kept), Is.EqualTo((died, journal)), "nothing done that couldn't be written down");
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
    }

    [Test]
    public async Task Lets_no_second_run_begin_beside_the_first()
    {
        await using var arena = await Arena.OpenAsync(faults: new ReleaseTasks.Sandbox.Fault { On = "PATCH /apps/sushi", Do = "hang" });
        var first = await arena.StartAsync(Example.Complex.Deploy);
        await first.PrintedAsync("MaintenanceOn", CancellationToken.None);

        var second = await arena.RunAsync(Example.Complex.Deploy);

        Assert.That(second.ExitCode, Is.EqualTo(1), second.ToString());
        Assert.That(second.Errors, Does.Contain("Is another run of this roll-out at work?"));
        await first.SignalAsync("INT", CancellationToken.None);
        Assert.That((await first.FinishedAsync(CancellationToken.None)).ExitCode, Is.EqualTo(130));
    }
}
