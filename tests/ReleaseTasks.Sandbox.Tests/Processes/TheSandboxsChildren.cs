using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.GitHub;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Tests.Processes;

/// <summary>Ctrl-C on a terminal reaches every process of its group, and none of the sandbox's children is to be among them.</summary>
public sealed class TheSandboxsChildren
{
    private const string Session = "ps -o sid= -p $$";

    private readonly CancellationToken _ct = CancellationToken.None;
    private string _folder = "";
    private string _ours = "";

    [SetUp]
    public async Task Open()
    {
        _folder = Directory.CreateTempSubdirectory("children-").FullName;
        _ours = await Tool.RunAsync(["ps", "-o", "sid=", "-p", $"{Environment.ProcessId}"], _ct);
    }

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Have_a_session_of_their_own_when_they_are_tools() =>
        Assert.That(await Tool.RunAsync(["sh", "-c", Session], _ct), Is.Not.EqualTo(_ours));

    [Test]
    public async Task Have_a_session_of_their_own_when_they_are_git() =>
        Assert.That(await new Git(_folder).RunAsync(["-c", $"alias.session=!{Session}", "session"], _ct), Is.Not.EqualTo(_ours));

    [Test]
    public async Task Have_a_session_of_their_own_when_they_are_dynos_and_so_has_what_looks_after_them()
    {
        var output = new List<string>();
        await using var dynos = LocalDynos.Find(_folder, realDatabases: false, grace: TimeSpan.Zero);

        await dynos.RunAsync(new DynoStart("sushi", "run.1", _folder, $"{Session}; ps -o sid= -p $PPID", new Dictionary<string, string>()), output.Add, _ct);

        Assert.That(output, Has.Count.EqualTo(2).And.None.EqualTo(_ours));
    }

    [Test]
    public async Task Are_the_programs_themselves_so_that_whoever_ends_one_ends_no_other()
    {
        var start = new System.Diagnostics.ProcessStartInfo("sh", ["-c", "echo $$"]) { RedirectStandardOutput = true };

        using var child = OwnSession.Start(start);

        Assert.That(await child.StandardOutput.ReadToEndAsync(_ct), Is.EqualTo($"{child.Id}\n"));
    }
}
