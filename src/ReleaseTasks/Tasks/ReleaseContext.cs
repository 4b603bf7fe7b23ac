using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tasks;

/// <summary>What every release task shares. A repository's own tasks may take it as their context too.</summary>
public class ReleaseContext : FrostingContext
{
    private readonly ReleaseSession session;

    /// <param name="context">Cake's own.</param>
    /// <param name="session">The run.</param>
    /// <param name="services">Where the project's recognisers and tasks are found. A context that is derived hands it on.</param>
    public ReleaseContext(ICakeContext context, ReleaseSession session, IServiceProvider? services = null)
        : base(context)
    {
        this.session = session;
        Environment = new RunEnvironment(context.Environment, session.SandboxVariables);
        if (services is not null)
        {
            session.Extend([.. services.GetServices<IStepRecogniser>()], new ProjectTasks(services, this));
        }
    }

    /// <summary>As the process has it, but that in a sandbox run what leads to Heroku, GitHub and the others leads to the sandbox.</summary>
    public override ICakeEnvironment Environment { get; }

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

    public Task CreateJournalKeyAsync() => session.DoAsync(run => run.CreateJournalKeyAsync(Stopping));

    public Task UnlockAsync() => session.DoAsync(run => run.UnlockAsync(Stopping));

    public Task RemindReviewersAsync() => session.DoAsync(run => run.RemindReviewersAsync(Stopping));

    /// <param name="checkout">Asked where the project isn't the sample.</param>
    public Task RehearseAsync(Func<ProjectCheckout> checkout) => session.DoAsync(run => run.RehearseAsync(checkout, Stopping));

    public Task CleanUpAsync() => session.DoAsync(run => run.CleanUpAsync(Stopping));

    public Task ShowStatusAsync() => session.DoAsync(run => run.ShowStatusAsync(Stopping));

    public Task ServeSandboxAsync() => session.DoAsync(run => run.ServeSandboxAsync(Stopping));

    public Task ResetSandboxAsync() => session.DoAsync(run => run.ResetSandboxAsync(Stopping));
}
