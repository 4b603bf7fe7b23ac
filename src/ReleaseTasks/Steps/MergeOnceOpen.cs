namespace ReleaseTasks.Steps;

/// <summary>Stands for the merge in the preview of a plan that no pull request has yet.</summary>
internal sealed class MergeOnceOpen(string branch) : Step<MergeOnceOpen.Before>
{
    public override string Name => MergePullRequest.StepName;

    public override string Title => "Merge the pull request";

    protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before());

    protected override string Effect(Before before) => $"the pull request that gets this description → merged into {branch}";

    protected override Task ApplyAsync(Before before, CancellationToken ct) => throw NotCarriedOut();

    protected override Task<Reading> ReadBackAsync(Before before, CancellationToken ct) => throw NotCarriedOut();

    private static InvalidOperationException NotCarriedOut() => new("a plan in a file merges nothing.");

    internal sealed record Before;
}
