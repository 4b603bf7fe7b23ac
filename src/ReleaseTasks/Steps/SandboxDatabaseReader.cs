using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Steps;

/// <summary>A sandbox's databases are real and go by the machine's time; what they say is told in the sandbox's, which its services go by.</summary>
internal sealed class SandboxDatabaseReader(IDatabaseReader databases, SandboxTime time) : IDatabaseReader
{
    public async Task<DatabaseReading> ReadAsync(string? databaseUrl, CancellationToken ct)
    {
        var reading = await databases.ReadAsync(databaseUrl, ct);
        return reading.Activity is { } activity ? reading with { Activity = activity with { At = time.SandboxAt(activity.At) } } : reading;
    }
}
