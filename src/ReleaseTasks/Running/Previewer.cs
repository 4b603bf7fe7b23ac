using ReleaseTasks.Gates;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Reports;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Looks at what <c>Deploy</c> would do now: every step observes, none is applied.</summary>
internal sealed class Previewer(RolloutSubject subject, ReleaseOptions options, ReleaseServices services, StepFactory factory, Preflight preflight)
{
    /// <summary>What <c>Deploy</c> goes on from: where it begins anew, that is what it takes over.</summary>
    private readonly RunState _state = !subject.Begins ? subject.State
        : subject.Preparation is null ? RunState.Empty
        : subject.State.After(subject.Start(options.App, subject.State.Start!.Key));

    public async Task<Preview> LookAsync(CancellationToken ct)
    {
        var expected = subject.Plan.Expected;
        var gates = Adoption.Gates(subject);
        var asked = gates.Count == 0 ? null : await preflight.AskAsync(gates, ct);
        return new()
        {
            Rollout = subject.Id.ToString(),
            Source = subject.Source,
            Refusals = [.. Refusals(asked)],
            Gates = Gates(asked),
            Steps = await StepsAsync(ct),
            Expected = expected,
            Window = Shown(DeploymentWindow.Of(options.DeploymentWindow).Ask(services.Time.GetUtcNow(), expected)),
            Beside = [.. Beside()],
        };
    }

    /// <param name="asked">Null where finishing what was begun asks neither lint nor gates again.</param>
    private IEnumerable<string> Refusals(Preflown? asked)
    {
        if (subject.State.Rollback is not null)
        {
            yield return $"{subject.Id} was {(subject.State.RolledBack is null ? "being " : "")}rolled back.";
        }

        if (subject.Memory is { IsEvidence: true, State.HasTouchedTheWorld: true, WhyEvidence: { } why })
        {
            yield return $"{subject.Id} is known here from its copy on GitHub alone, and {why}: `Deploy` won't go on from it.";
        }

        if (asked is null)
        {
            yield break;
        }

        if (subject.PullRequest is null)
        {
            yield return $"a plan in a file is looked at, not carried out: open a pull request with {subject.Source} as its description.";
        }

        foreach (var problem in asked.Facts.Problems.Value.Where(problem => problem.Severity == PlanSeverity.Error))
        {
            yield return problem.Render(subject.Source);
        }
    }

    private IReadOnlyList<PreviewedGate> Gates(Preflown? asked) => asked is null
        ? [.. _state.Gates.Select(text => new PreviewedGate(IsOpen: true, text))]
        : [.. asked.Answers.Select(answer => new PreviewedGate(answer.IsOpen, answer.ToString()))];

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
