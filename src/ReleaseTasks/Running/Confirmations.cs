using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>A person confirms a step by ticking its box in the pull request's description, from a phone too.</summary>
internal sealed class Confirmations(IGitHub github, int? pullRequest, PlannedStep step) : IConfirmations
{
    public Task AskAsync(string words, CancellationToken ct) => Task.CompletedTask;

    public async Task<Confirmation?> FindAsync(string words, CancellationToken ct)
    {
        if (pullRequest is not { } number)
        {
            return null;
        }

        var body = (await github.GetPullRequestAsync(number, ct)).Body;
        return PlanMarkdown.IsTicked(body, step) == true ? new("someone who may edit the description", $"on #{number}") : null;
    }
}

/// <summary>A rehearsal asks no people: what they would do is taken as done, and said to be so.</summary>
internal sealed class RehearsedConfirmations : IConfirmations
{
    public Task AskAsync(string words, CancellationToken ct) => Task.CompletedTask;

    public Task<Confirmation?> FindAsync(string words, CancellationToken ct) => Task.FromResult<Confirmation?>(new("nobody", "(a rehearsal)"));
}
