using System.Diagnostics;
using System.Text;

namespace ReleaseTasks.EndToEnd;

/// <summary>A command as a process of its own: no terminal, both outputs kept apart, and gone with its children when disposed.</summary>
internal sealed class Command : IAsyncDisposable
{
    /// <summary>No command of these tests takes this long; one that does hangs. Five minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A shell without a terminal lets what it puts into the background ignore Ctrl-C, and nohup lets it ignore that its terminal is gone; whatever
    /// that starts inherits it. What is started here hears both all the same.
    /// </summary>
    private static readonly string[] Hearing = IgnoresStops() ? ["env", "--default-signal=HUP,INT,QUIT"] : [];

    private readonly Process process;
    private readonly Captured output;
    private readonly Captured errors;
    private bool disposed;

    private Command(Process process)
    {
        this.process = process;
        output = new Captured(process.StandardOutput);
        errors = new Captured(process.StandardError);
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>As <c>kill -9</c> does, to this process alone.</summary>
    public void Kill() => process.Kill();

    /// <param name="folder">Where it runs.</param>
    /// <param name="program">Looked up in our own PATH.</param>
    /// <param name="arguments">As they are: there's no shell.</param>
    /// <param name="environment">Beside our own.</param>
    /// <param name="input">What is piped into it. Default: nothing.</param>
    public static Command Start(
        string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string input = "")
    {
        string[] command = [.. Hearing, program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return new Command(process);
    }

    public static async Task<Finished> RunAsync(string folder, string program, IEnumerable<string> arguments, CancellationToken ct, IReadOnlyDictionary<string, string?>? environment = null)
    {
        await using var command = Start(folder, program, arguments, environment);
        return await command.FinishedAsync(ct);
    }

    /// <summary>Waits until the process has ended and everything that it wrote is read.</summary>
    public async Task<Finished> FinishedAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            await output.EndAsync(limit.Token);
            await errors.EndAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"{process.StartInfo.FileName} hangs. So far:\n{output.Text}\n{errors.Text}");
        }

        return new Finished(process.ExitCode, output.Text, errors.Text);
    }

    /// <summary>Waits for a line on standard output: "ready" and the like.</summary>
    /// <returns>The lines up to it and with it.</returns>
    public Task<string[]> PrintedAsync(string line, CancellationToken ct) => PrintedAsync(l => l == line, $"printing '{line}'", ct);

    /// <summary>Waits for a line on standard output that is as it should be.</summary>
    /// <returns>The lines up to it and with it.</returns>
    public Task<string[]> PrintedAsync(Predicate<string> line, string what, CancellationToken ct) => output.ContainsAsync(line, what, Patience, ct);

    /// <summary>As <c>kill -SIGNAL</c> does, to this process alone.</summary>
    public async Task SignalAsync(string signal, CancellationToken ct) =>
        await RunAsync("/", "kill", [$"-{signal}", $"{Id}"], ct);

    /// <summary>As a terminal does for Ctrl-C, to all of the group that this process leads.</summary>
    public async Task SignalGroupAsync(string signal, CancellationToken ct) =>
        await RunAsync("/", "kill", [$"-{signal}", "--", $"-{Id}"], ct);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    /// <summary>Bit by bit, the signals that this process ignores; the first is SIGHUP, the second SIGINT.</summary>
    private static bool IgnoresStops() => File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is var signals
        && (Convert.ToUInt64(signals.Split('\t')[1], 16) & 0b11) != 0;

    /// <summary>A stream, read as it comes.</summary>
    private sealed class Captured
    {
        private readonly StringBuilder text = new();
        private readonly Task reading;
        private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Captured(StreamReader reader) => reading = ReadAsync(reader);

        public string Text
        {
            get
            {
                lock (text)
                {
                    return text.ToString();
                }
            }
        }

        public Task EndAsync(CancellationToken ct) => reading.WaitAsync(ct);

        public async Task<string[]> ContainsAsync(Predicate<string> line, string what, TimeSpan patience, CancellationToken ct)
        {
            while (true)
            {
                var next = more.Task;
                var lines = Text.Split('\n');
                if (Array.FindIndex(lines, line) is >= 0 and var at)
                {
                    return lines[..(at + 1)];
                }

                if (reading.IsCompleted && lines.SequenceEqual(Text.Split('\n')))
                {
                    throw new InvalidOperationException($"The process ended without {what}:\n{Text}");
                }

                await next.WaitAsync(patience, ct);
            }
        }

        private async Task ReadAsync(StreamReader reader)
        {
            var buffer = new char[4096];
            while (await reader.ReadAsync(buffer) is > 0 and var count)
            {
                lock (text)
                {
                    text.Append(buffer, 0, count);
                }

                Interlocked.Exchange(ref more, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }

            more.TrySetResult();
        }
    }
}
