using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>A dyno as the API shows it, and the process behind it. Dynos are of this run of the sandbox: a restart starts new ones.</summary>
internal sealed class Dyno(App app, Release release, string name, string command, string size, DateTimeOffset now) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public Guid Id { get; } = Guid.NewGuid();

    public Guid App { get; } = app.Id;

    public string AppName { get; } = app.Name;

    public Guid Release { get; } = release.Id;

    public int Version { get; } = release.Version;

    /// <summary><c>web.1</c></summary>
    public string Name => name;

    public string Type { get; } = name[..name.IndexOf('.', StringComparison.Ordinal)];

    public string Command => command;

    public string Size => size;

    public DateTimeOffset CreatedAt { get; } = now;

    public DateTimeOffset UpdatedAt { get; private set; } = now;

    /// <summary><c>starting</c>, <c>up</c>, <c>crashed</c> or <c>down</c>.</summary>
    public string State { get; private set; } = "starting";

    /// <summary>Where an attached one-off dyno's terminal is; null for every other.</summary>
    public Uri? AttachUrl { get; init; }

    public bool IsOneOff => Type == "run";

    public IDyno? Process { get; set; }

    /// <summary>Cancelled when the dyno is to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public void Become(string state, DateTimeOffset at) => (State, UpdatedAt) = (state, at);

    /// <summary>Stops the process.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }
    }
}
