using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>A person confirms a step by ticking its box in the pull request's description, from a phone too, or at the terminal.</summary>
internal sealed class Confirmations(IGitHub github, int? pullRequest, PlannedStep step, ITerminal terminal) : IConfirmations
{
    private Task<string?>? _answer;

    public string How => string.Join(", or ", new[] { pullRequest is { } number ? $"tick its box on #{number}" : null, terminal.HasPerson ? "type y" : null }.OfType<string>());

    public Task AskAsync(CancellationToken ct)
    {
        _answer ??= terminal.HasPerson ? terminal.ReadLineAsync(ct) : null;
        return Task.CompletedTask;
    }

    public async Task<Confirmation?> FindAsync(CancellationToken ct) => await IsTypedAsync(ct)
        ? new(Environment.UserName, "at the terminal")
        : await IsTickedAsync(ct) ? new("someone who may edit the description", $"on #{pullRequest}") : null;

    /// <summary>Any other answer than yes is asked again; the end of the input is none.</summary>
    private async Task<bool> IsTypedAsync(CancellationToken ct)
    {
        if (_answer is not { IsCompleted: true })
        {
            return false;
        }

        var line = await _answer;
        var isYes = line?.Trim().ToUpperInvariant() is "Y" or "YES";
        _answer = line is null || isYes ? null : terminal.ReadLineAsync(ct);
        return isYes;
    }

    private async Task<bool> IsTickedAsync(CancellationToken ct) =>
        pullRequest is { } number && PlanMarkdown.IsTicked((await github.GetPullRequestAsync(number, ct)).Body, step) == true;
}

/// <summary>A rehearsal asks no people: what they would do is taken as done, and said to be so.</summary>
internal sealed class RehearsedConfirmations : IConfirmations
{
    public string How => "";

    public Task AskAsync(CancellationToken ct) => Task.CompletedTask;

    public Task<Confirmation?> FindAsync(CancellationToken ct) => Task.FromResult<Confirmation?>(new("nobody", "(a rehearsal)"));
}
