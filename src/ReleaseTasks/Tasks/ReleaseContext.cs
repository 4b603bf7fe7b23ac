using Cake.Core;
using Cake.Frosting;
using ReleaseTasks.Options;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>What every release task shares. A repository's own tasks may take it as their context too.</summary>
public class ReleaseContext(ICakeContext context, ReleaseSession session) : FrostingContext(context)
{
    /// <summary>The settings of <c>release.json</c>, with their overrides.</summary>
    public ReleaseOptions Options => session.Options;

    /// <summary>Cancelled by Ctrl-C, SIGTERM and SIGHUP: stop at the next safe point.</summary>
    public CancellationToken Stopping => session.Stopping;

    /// <summary>Carries out what the plan asks for up to and including <paramref name="station"/>, less what the journal says is done.</summary>
    public Task RollOutAsync(Station station) => session.DoAsync(run => run.RollOutAsync(station, Stopping));

    public Task PreflightAsync() => session.DoAsync(run => run.PreflightAsync(Stopping));

    public Task PreviewAsync() => session.DoAsync(run => run.PreviewAsync(Stopping));

    public Task CheckPlanAsync() => session.DoAsync(run => run.CheckPlanAsync(Stopping));

    public Task VerifyAsync() => session.DoAsync(run => run.VerifyAsync(Stopping));

    public Task RollBackAsync() => session.DoAsync(run => run.RollBackAsync(Stopping));

    /// <param name="currentBranch">Asked where <c>--branch</c> names none.</param>
    public Task CreatePullRequestAsync(Func<string> currentBranch) => session.DoAsync(run => run.CreatePullRequestAsync(currentBranch, Stopping));

    public Task UnlockAsync() => session.DoAsync(run => run.UnlockAsync(Stopping));

    public Task RemindReviewersAsync() => session.DoAsync(run => run.RemindReviewersAsync(Stopping));

    /// <param name="checkout">Asked where the project isn't the sample.</param>
    public Task RehearseAsync(Func<ProjectCheckout> checkout) => session.DoAsync(run => run.RehearseAsync(checkout, Stopping));

    public Task CleanUpAsync() => session.DoAsync(run => run.CleanUpAsync(Stopping));

    public Task ShowStatusAsync() => session.DoAsync(run => run.ShowStatusAsync(Stopping));

    public Task ServeSandboxAsync() => session.DoAsync(run => run.ServeSandboxAsync(Stopping));

    public Task ResetSandboxAsync() => session.DoAsync(run => run.ResetSandboxAsync(Stopping));
}
