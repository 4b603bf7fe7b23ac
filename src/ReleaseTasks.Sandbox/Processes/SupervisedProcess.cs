using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;

namespace ReleaseTasks.Sandbox.Processes;

/// <summary>
/// A process that ends when we say so, and also when we are killed. Between it and us stands a shell script, which starts it in a process
/// group of its own and waits for either: the process's end, or the end of the pipe that we hold, which the system closes with us.
/// Then the whole group is asked to stop, and killed when it hasn't in time.
/// </summary>
internal sealed class SupervisedProcess : IAsyncDisposable
{
    // The arguments: the signal that asks to stop, the seconds to wait after it, where the input comes from, the program and its own
    // arguments. 'set -m' gives each background job its process group. Our own standard error is closed: bash would report each killed job there.
    private const string Supervisor = """
        set -m
        signal=$1 grace=$2 input=$3
        shift 3
        exec 3<&0 <"$input" 2>/dev/null
        trap : INT TERM HUP
        "$@" 2>&1 3<&- <&0 &
        exec </dev/null
        child=$!
        exec >/dev/null
        { read -r _ <&3; kill -s "$signal" -- -$child; sleep "$grace"; kill -s KILL -- -$child; } &
        watch=$!
        while wait $child; status=$?; kill -0 $child; do :; done
        kill -s KILL -- -$watch -$child
        wait $watch
        exit $status
        """;

    // A daemon that left the process group may hold the output open for good.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly Process _process;

    private SupervisedProcess(Process process, Func<StreamReader, Task> output)
    {
        _process = process;
        Exited = RunAsync(process, output);
    }

    /// <summary>Ends when the process has and its output was passed on: its exit status, or 128 plus the signal that ended it.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a program; <paramref name="output"/> is given each line that it writes, standard error included.</summary>
    public static SupervisedProcess Start(ProcessPlan plan, Action<string> output) =>
        new(OwnSession.Start(StartInfo(plan, "/dev/null")), reader => PassOnAsync(reader, output));

    /// <summary>Starts a program that reads one stream and writes to another, both as it comes.</summary>
    public static SupervisedProcess Start(ProcessPlan plan, Stream input, Stream output)
    {
        var pipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        var process = OwnSession.Start(StartInfo(plan, $"/dev/fd/{pipe.GetClientHandleAsString()}"));
        pipe.DisposeLocalCopyOfClientHandle();
        return new SupervisedProcess(process, async reader =>
        {
            using var ended = new CancellationTokenSource();
            var feeding = FeedAsync(input, pipe, ended.Token);
            await PassOnAsync(reader, output);
            await ended.CancelAsync();
            await feeding;
        });
    }

    /// <summary>Asks the process group to stop, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await Exited;
    }

    private static ProcessStartInfo StartInfo(ProcessPlan plan, string input)
    {
        var start = new ProcessStartInfo(
            "bash", ["-c", Supervisor, "supervisor", plan.StopSignal, plan.Grace.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture), input, plan.Program, .. plan.Arguments])
        {
            WorkingDirectory = plan.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task<int> RunAsync(Process process, Func<StreamReader, Task> passOn)
    {
        var output = passOn(process.StandardOutput);
        await process.WaitForExitAsync();
        await Task.WhenAny(output, Task.Delay(LastWords, TimeProvider.System));
        return process.ExitCode;
    }

    private static async Task PassOnAsync(StreamReader reader, Action<string> output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            output(line);
        }
    }

    private static async Task PassOnAsync(StreamReader reader, Stream output)
    {
        try
        {
            await reader.BaseStream.CopyToAsync(output);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody looks any more; the process isn't to wait for that.
            await reader.BaseStream.CopyToAsync(Stream.Null);
        }
    }

    private static async Task FeedAsync(Stream input, AnonymousPipeServerStream pipe, CancellationToken ct)
    {
        try
        {
            await using (pipe)
            {
                await input.CopyToAsync(pipe, ct);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It ended, or closed its input, before it had read all.
        }
    }
}

/// <summary>What to start and how to stop it.</summary>
/// <param name="Program">Looked up in the PATH of the environment below.</param>
/// <param name="Environment">All of its environment: nothing of ours is handed on.</param>
/// <param name="StopSignal">The name of the signal that asks it to stop, such as <c>TERM</c>.</param>
/// <param name="Grace">How long it may take to stop before it's killed.</param>
internal sealed record ProcessPlan(
    string Program,
    IReadOnlyList<string> Arguments,
    string Directory,
    IReadOnlyDictionary<string, string> Environment,
    string StopSignal,
    TimeSpan Grace);
