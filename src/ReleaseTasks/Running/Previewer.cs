using ReleaseTasks.Gates;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Reports;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Looks at what <c>Deploy</c> would do now: every step observes, none is applied.</summary>
/// <param name="world">What the lint looks at.</param>
internal sealed class Previewer(RolloutSubject subject, PlanWorld world, ReleaseOptions options, ReleaseServices services, StepFactory factory)
{
    /// <summary>What <c>Deploy</c> goes on from: until anything was changed it begins anew.</summary>
    private readonly RunState _state = subject.State.HasTouchedTheWorld ? subject.State : RunState.Empty;

    public async Task<Preview> LookAsync(CancellationToken ct)
    {
        var expected = Preflight.Expected(subject.Plan);
        return new()
        {
            Rollout = subject.Id.ToString(),
            Source = subject.Source,
            Refusals = [.. Refusals()],
            Gates = await GatesAsync(ct),
            Steps = await StepsAsync(ct),
            Expected = expected,
            Window = Shown(Preflight.Window(options.DeploymentWindow).Ask(services.Time.GetUtcNow(), expected)),
            Beside = [.. Beside()],
        };
    }

    private IEnumerable<string> Refusals()
    {
        if (subject.State.Rollback is not null)
        {
            yield return $"{subject.Id} was {(subject.State.RolledBack is null ? "being " : "")}rolled back.";
        }

        if (subject.Memory is { IsEvidence: true, State.HasTouchedTheWorld: true, WhyEvidence: { } why })
        {
            yield return $"{subject.Id} is known here from its copy on GitHub alone, and {why}: `Deploy` won't go on from it.";
        }

        if (_state.Exists)
        {
            // Finishing what was begun asks neither lint nor gates again.
            yield break;
        }

        if (subject.PullRequest is null)
        {
            yield return $"a plan in a file is looked at, not carried out: open a pull request with {subject.Source} as its description.";
        }

        foreach (var problem in PlanLint.Check(subject.Reading, world).Where(problem => problem.Severity == PlanSeverity.Error))
        {
            yield return problem.Render(subject.Source);
        }
    }

    private async Task<IReadOnlyList<PreviewedGate>> GatesAsync(CancellationToken ct)
    {
        var gates = Adoption.Gates(subject.Memory, subject.PullRequest);
        return gates.Count == 0
            ? [.. _state.Gates.Select(text => new PreviewedGate(IsOpen: true, text))]
            : [.. (await new Preflight(subject, world, options, services).AskAsync(gates, ct)).Select(Shown)];
    }

    private static PreviewedGate Shown(GateResult answer) => new(answer.IsOpen, answer.ToString());

    private async Task<IReadOnlyList<PreviewedStep>> StepsAsync(CancellationToken ct)
    {
        var steps = new List<PreviewedStep>();
        foreach (var leg in factory.RollOut())
        {
            steps.Add(await StepAsync(leg, ct));
        }

        var later = subject.Plan.Deployment.Where(Route.IsForLater);
        return [.. steps, .. later.Select(step => new PreviewedStep(null, null, step.Title, $"left to Cleanup, {When((Work.DestroyAddon)step.Work)}", PreviewedState.Open))];
    }

    private async Task<PreviewedStep> StepAsync(Leg leg, CancellationToken ct) => _state.Find(leg.Step.Name) switch
    {
        { IsFinished: true } done => new(leg.Station, leg.Step.Name, leg.Step.Title, $"done, {done.Evidence}", PreviewedState.Done),
        { } begun => new(leg.Station, leg.Step.Name, leg.Step.Title, begun.Failure is { } why ? $"begun, and failed: {why}" : "begun, not seen to be done", PreviewedState.Begun),
        null => new(leg.Station, leg.Step.Name, leg.Step.Title, await EffectAsync(leg.Step, ct), PreviewedState.Open),
    };

    private static async Task<string> EffectAsync(IStep step, CancellationToken ct)
    {
        try
        {
            return (await step.ObserveAsync(ct)).Effect;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"can't be told yet: {ForeignText.WordsOf(e)}";
        }
    }

    private string When(Work.DestroyAddon destroy) => $"{Reports.Durations.Words(destroy.After ?? options.Retention)} after the roll-out at the earliest";

    private static PreviewedGate Shown(GateAnswer answer) => answer switch
    {
        GateAnswer.Open open => new(IsOpen: true, open.Because),
        GateAnswer.Closed closed => new(IsOpen: false, $"{closed.Reason} {closed.Remedy}"),
        _ => throw new InvalidOperationException("A gate's answer is open or closed."),
    };

    private IEnumerable<string> Beside()
    {
        if (subject.PullRequest is { } pullRequest)
        {
            yield return $"Beside the steps: {options.App} is locked while they run (refs/release-locks/{options.App}), the boxes of #{pullRequest.Number} are ticked as they finish, and the journal is written.";
        }

        foreach (var difference in WrittenRollback.Differences(subject.Plan.Rollback, WrittenRollback.Expected(subject.Plan)))
        {
            yield return $"Rollback strategy: {difference}";
        }
    }
}
