using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Reports;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>Looks and tells, changes nothing.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>Every effect that <c>Deploy</c> would have now, in order.</summary>
    public async Task PreviewAsync(CancellationToken ct)
    {
        RequireFormat("text");
        var subject = await SubjectAsync(ct);
        var vault = new ConfigVarVault(Path.GetDirectoryName(_rollouts.JournalPath(subject.Id))!, redactor.Learn);
        var factory = new StepFactory(subject, options, arguments, await ServicesAsync(ct), vault, () => subject.State);
        foreach (var group in factory.RollOut().GroupBy(leg => leg.Station))
        {
            screen.Say(group.Key.ToString());
            foreach (var step in group.Select(leg => leg.Step))
            {
                screen.Say(subject.State.Find(step.Name) is { IsFinished: true } done
                    ? $"  ok {step.Title}: done, {done.Evidence}"
                    : $"  -  {step.Title}: {await EffectAsync(step, ct)}");
            }
        }

        foreach (var later in subject.Plan.Deployment.Where(Route.IsForLater))
        {
            screen.Say($"Cleanup, later{Environment.NewLine}  -  {later.Title}");
        }

        screen.Say($"Nothing was changed. Next: {Command(State.IsFinished ? "Verify" : "Deploy")}");
    }

    public async Task CheckPlanAsync(CancellationToken ct)
    {
        RequireFormat("text", "json");
        var subject = await SubjectAsync(ct);
        var reader = new WorldReader(subject, options);
        var world = arguments.PlanFile is null ? await reader.ReadAsync(await ServicesAsync(ct), ct) : reader.Offline;
        if (arguments.Format == "json")
        {
            Console.WriteLine(PlanJson.Write(subject.Plan, PlanLint.Check(subject.Plan, world), subject.Source));
        }

        RefuseBadPlan(subject, world);
        screen.Say($"{subject.Source}: {subject.Plan.Steps.Count()} steps, nothing to put right.");
    }

    public async Task ShowStatusAsync(CancellationToken ct)
    {
        RequireFormat("text");
        var state = arguments.PullRequest is { } number ? _rollouts.Read(Rollouts.IdOf(options.App, number)) : _rollouts.Current(options.App);
        if (state is not { Exists: true })
        {
            screen.Say($"{options.App}: this checkout remembers no roll-out.{Environment.NewLine}Next: {Command("Plan")}");
            return;
        }

        console.Write(RolloutReport.Table(state));
        screen.Say(Standing(state));
        foreach (var next in NextCommands(state))
        {
            screen.Say("Next: " + next);
        }

        await Task.CompletedTask.WaitAsync(ct);
    }

    /// <summary>An argument that a target doesn't honour is refused, not passed over.</summary>
    private void RequireFormat(params string[] known)
    {
        if (!known.Contains(arguments.Format))
        {
            throw new RefusedException($"--format={arguments.Format}: this target knows {string.Join(" and ", known.Select(format => $"'{format}'"))}. Nothing was changed.");
        }
    }

    private static async Task<string> EffectAsync(IStep step, CancellationToken ct)
    {
        try
        {
            return (await step.ObserveAsync(ct)).Effect;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"can't be told yet: {e.Message}";
        }
    }

    /// <summary>One sentence: what became of the roll-out.</summary>
    private static string Standing(RunState state) => state switch
    {
        { RolledBack: not null } => $"{state.Start!.Rollout} was rolled back.",
        { Rollback: not null } => $"{state.Start!.Rollout} is being rolled back{Because(state)}",
        { Verdict: { } verdict, IsFinished: true } => $"{state.Start!.Rollout} is finished and was judged {verdict.Verdict}: {RolloutReport.Change(state)}.",
        { IsFinished: true } => $"{state.Start!.Rollout} is finished: {RolloutReport.Change(state)}.",
        _ => $"{state.Start!.Rollout} is under way{Because(state)}",
    };

    private static string Because(RunState state) => state.StoppedBecause is { } why ? $", and stopped: {why}" : ".";

    private IEnumerable<string> NextCommands(RunState state) => state switch
    {
        { RolledBack: not null } => [],
        { Rollback: not null } => [RollbackCommand],
        { IsFinished: true } => [Command("Verify"), RollbackCommand],
        _ => [Command("Deploy"), RollbackCommand],
    };
}
