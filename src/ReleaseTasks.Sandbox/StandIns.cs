using ReleaseTasks.Sandbox.Chat;
using ReleaseTasks.Sandbox.GitHub;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Monitoring;
using ReleaseTasks.Sandbox.Sample;
using ReleaseTasks.Sandbox.Serving;
using ReleaseTasks.Sandbox.Staging;

namespace ReleaseTasks.Sandbox;

/// <summary>All the services that the sandbox stands in for. A new one is added here, and nowhere else.</summary>
internal sealed class StandIns(SandboxParts parts) : IAsyncDisposable
{
    /// <summary>What the stand-ins have in common.</summary>
    public SandboxParts Parts => parts;

    public HerokuStandIn Heroku { get; } = new(parts);

    public GitHubStandIn GitHub { get; } = new(parts);

    public Papertrail Papertrail { get; } = new(parts);

    public Sentry Sentry { get; } = new(parts);

    public SlackStandIn Slack { get; } = new(parts);

    public IReadOnlyList<IStandIn> All => [Heroku, GitHub, Slack, Papertrail, Sentry];

    /// <summary>Makes the stage or the sample world where there's none yet, and takes up what the last sandbox left unfinished.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        if (parts.Options.Stage is { } stage)
        {
            await StagedWorld.EnsureAsync(stage, parts, Heroku, ct);
        }
        else if (parts.Options.Sample)
        {
            await SampleWorld.EnsureAsync(parts, Heroku, ct);
        }

        await Heroku.ResumeAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var standIn in All.OfType<IAsyncDisposable>())
        {
            await standIn.DisposeAsync();
        }
    }
}
