using Cake.Heroku;
using ReleaseTasks.Gates;
using ReleaseTasks.Options;

namespace ReleaseTasks.Running;

/// <summary>Has the facts read that the gates look at, and asks them all. Reads only.</summary>
/// <param name="found">What is to be rolled out; unknown where that couldn't be read.</param>
/// <param name="say">Hears what is waited for where that takes long.</param>
internal sealed class Preflight(Fact<RolloutSubject> found, ReleaseOptions options, ReleaseServices services, IProjectTasks tasks, Action<string> say)
{
    public async Task<Preflown> AskAsync(CancellationToken ct)
    {
        var facts = await GateFacts.ReadAsync(Sources(), say, ct);
        return new(facts, Gatekeeper.Ask(facts));
    }

    private GateSources Sources()
    {
        var world = new WorldReader(found.Unread is null ? found.Value : null, options, tasks);
        return new()
        {
            Rules = options,
            Time = services.Time,
            Proposal = found.Then(subject => new Proposal(subject.Reading, subject.Source, subject.PullRequest?.Number, subject.Head, subject.PullRequest?.Author)),
            Actors = services.WorkflowActors,
            GitHub = services.GitHub,
            Platform = new HerokuFacts(new AppName(options.App), services.Heroku),
            Offline = world.Offline,
            ReadWorld = ct => world.ReadAsync(services, ct),
            FindForeignHolder = FindForeignHolderAsync,
        };
    }

    private async Task<string?> FindForeignHolderAsync(CancellationToken ct)
    {
        await using var held = new RolloutLock(services.GitHub, options.App, found.Unread is null ? found.Value.Id : "", services.Time);
        return await held.FindForeignHolderAsync(ct);
    }
}

/// <summary>What came of asking the gates.</summary>
internal sealed record Preflown(GateFacts Facts, IReadOnlyList<GateResult> Answers)
{
    public IReadOnlyList<GateResult> Closed => [.. Answers.Where(answer => !answer.IsOpen)];
}
