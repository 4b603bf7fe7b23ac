using ReleaseTasks.Sandbox;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>One way for the program to end in the middle of its work.</summary>
internal abstract record Death
{
    /// <summary>What <c>kill -9</c> and a power cut leave as an exit code.</summary>
    public const int ExitCode = 128 + 9;

    private Death()
    {
    }

    /// <summary>What the sandbox has to do for it.</summary>
    public virtual IReadOnlyList<Fault> Faults => [];

    /// <summary>Sees to it; the program has just been started.</summary>
    public virtual Task BringAsync(Arena arena, Command program) => Task.CompletedTask;

    /// <summary>The power is cut at a request, before anything is done or when all is done and the answer is on its way.</summary>
    /// <param name="Occurrence">At the how manieth of these, from 0.</param>
    public sealed record AtRequest(string Request, int Occurrence, bool Before) : Death
    {
        public override IReadOnlyList<Fault> Faults => [new() { On = Request, Do = Before ? "cut-power-before" : "cut-power", After = Occurrence }];

        /// <summary>Made for the journal's copy or the lock, not for the plan.</summary>
        public bool IsBookkeeping => Request.Contains("/git/", StringComparison.Ordinal);

        public override string ToString() => $"killed {(Before ? "before" : "after")} {Request} ({Occurrence})";
    }

    /// <summary>As soon as the journal has so many lines.</summary>
    public sealed record AtLine(int Line) : Death
    {
        public override async Task BringAsync(Arena arena, Command program)
        {
            while (!program.HasExited && arena.JournalLines < Line)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }

            program.Kill();
        }

        public override string ToString() => $"killed after line {Line} of the journal";
    }

    /// <summary>At any moment.</summary>
    public sealed record AtTime(TimeSpan After) : Death
    {
        public override async Task BringAsync(Arena arena, Command program)
        {
            await Task.Delay(After, TimeProvider.System);
            program.Kill();
        }

        public override string ToString() => $"killed after {After.TotalMilliseconds:0} ms";
    }
}
