using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Tests.Dynos;

public sealed class LocalDynoRuns
{
    private readonly CancellationToken _ct = CancellationToken.None;
    private readonly List<string> _output = [];
    private string _folder = "";
    private LocalDynos _dynos = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("dynos-").FullName;
        _output.Clear();
        _dynos = LocalDynos.Find(_folder, realDatabases: false, grace: TimeSpan.FromSeconds(0.5));
    }

    [TearDown]
    public async Task Close()
    {
        await _dynos.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Give_the_output_line_by_line_and_the_exit_status()
    {
        var status = await RunAsync("echo one; echo two >&2; printf three; exit 7");

        Assert.That(status, Is.EqualTo(7));
        Assert.That(_output, Is.EqualTo(["one", "two", "three"]));
    }

    [Test]
    public async Task Pass_a_line_on_as_soon_as_it_is_written()
    {
        var first = new TaskCompletionSource<string>();
        await using var dyno = await _dynos.StartAsync(Dyno("worker.1", "echo up; exec sleep 60"), line => first.TrySetResult(line), _ct);

        Assert.That(await first.Task.WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo("up"));
        Assert.That(dyno.Exited.IsCompleted, Is.False);
    }

    [Test]
    public async Task Know_the_config_vars_and_nothing_of_our_own_environment()
    {
        Environment.SetEnvironmentVariable("OUR_OWN_SECRET", "hunter2");

        await RunAsync("echo \"$MYVAR|$DYNO|$PWD|${OUR_OWN_SECRET-unset}\"");

        Assert.That(_output, Is.EqualTo([$"it's \"quoted\" $HOME|run.1|{_folder}|unset"]));
    }

    [Test]
    public async Task Report_the_signal_that_ended_them()
    {
        Assert.That(await RunAsync("kill -KILL $$"), Is.EqualTo(137));
    }

    [Test]
    public async Task Are_asked_to_stop_first()
    {
        var up = new TaskCompletionSource();
        var dyno = await _dynos.StartAsync(
            Dyno("worker.1", "trap 'echo stopping; exit 3' TERM; echo up; sleep 60 & wait"), line => Note(line, up), _ct);
        await up.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await dyno.DisposeAsync();

        Assert.That(await dyno.Exited, Is.EqualTo(3));
        Assert.That(_output, Is.EqualTo(["up", "stopping"]));
    }

    [Test]
    public async Task Are_killed_with_all_that_they_started_when_they_do_not_stop()
    {
        var up = new TaskCompletionSource();
        var dyno = await _dynos.StartAsync(Dyno("worker.1", "trap '' TERM; sleep 4242 & echo up; wait"), line => Note(line, up), _ct);
        await up.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await dyno.DisposeAsync();

        Assert.That(await dyno.Exited, Is.EqualTo(137));
        Assert.That(await Tool.RunAsync(["ps", "-eo", "args"], _ct), Does.Not.Contain("sleep 4242"));
    }

    [Test]
    public async Task Are_stopped_when_nobody_waits_for_them_any_more()
    {
        using var cancel = new CancellationTokenSource();
        var run = _dynos.RunAsync(Dyno("run.1", "echo up; sleep 4243"), _ => cancel.Cancel(), cancel.Token);

        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await Tool.RunAsync(["ps", "-eo", "args"], _ct), Does.Not.Contain("sleep 4243"));
    }

    [Test]
    public async Task Are_returned_when_they_listen_if_they_are_web_dynos()
    {
        Assume.That(_dynos.Notice ?? "", Does.Not.Contain("Python"), "there is no Python to serve with");
        await using var dyno = await _dynos.StartAsync(Dyno("web.1", "exec python3 -m http.server --bind 127.0.0.1 $PORT"), _output.Add, _ct);
        using var client = new HttpClient();

        Assert.That((await client.GetAsync(dyno.Address, _ct)).IsSuccessStatusCode, Is.True);
    }

    [Test]
    public async Task Are_returned_ended_when_they_crash_before_they_listen()
    {
        await using var dyno = await _dynos.StartAsync(Dyno("web.1", "echo no; exit 1"), _output.Add, _ct);

        Assert.That(await dyno.Exited, Is.EqualTo(1));
    }

    private Task<int> RunAsync(string command) => _dynos.RunAsync(Dyno("run.1", command), _output.Add, _ct);

    private DynoStart Dyno(string name, string command) =>
        new("sushi", name, _folder, command, new Dictionary<string, string> { ["MYVAR"] = "it's \"quoted\" $HOME" });

    private void Note(string line, TaskCompletionSource up)
    {
        _output.Add(line);
        up.TrySetResult();
    }
}
