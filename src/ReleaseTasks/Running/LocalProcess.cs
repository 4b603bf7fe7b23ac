using System.Diagnostics;

namespace ReleaseTasks.Running;

/// <summary>A process of one machine. Ids are used again, so its start belongs to its name.</summary>
internal sealed record LocalProcess(int Id, DateTimeOffset Started)
{
    /// <summary>The system tells a start to the tick of its own clock, which people and servers set.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    public static LocalProcess Current { get; } = Of(Process.GetCurrentProcess());

    public bool IsRunning
    {
        get
        {
            try
            {
                using var found = Process.GetProcessById(Id);
                return !found.HasExited && (Of(found).Started - Started).Duration() < Tolerance;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                return false; // it has ended, maybe while it was looked at
            }
        }
    }

    private static LocalProcess Of(Process process) => new(process.Id, process.StartTime.ToUniversalTime());
}
