using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Reports;

namespace ReleaseTasks.Running;

/// <content>Looks and tells, changes nothing.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>What <c>Deploy</c> would do now: for people, for machines, or as a graph.</summary>
    public async Task PreviewAsync(CancellationToken ct)
    {
        RequireFormat("text", "json", "mermaid");
        var subject = await SubjectAsync(ct);
        var vault = new ConfigVarVault(Path.GetDirectoryName(_rollouts.JournalPath(subject.Id))!, redactor.Learn);
        var factory = new StepFactory(subject, options, arguments, await ServicesAsync(ct), vault, () => subject.State);
        var preview = await new Previewer(subject, options, _services!, factory).LookAsync(ct);
        if (arguments.Format != "text")
        {
            Print(arguments.Format == "json" ? PreviewJson.Write(preview) : PreviewMermaid.Write(preview));
            return;
        }

        foreach (var line in PreviewText.Lines(preview))
        {
            screen.Say(line);
        }

        screen.Say(preview.WouldBegin || State.IsFinished
            ? $"Nothing was changed. Next: {Command(State.IsFinished ? "Verify" : "Deploy")}"
            : $"Nothing was changed. Put that right, then: {Command("Plan")}");
    }

    /// <summary>For machines: on standard output, where nothing else is then.</summary>
    private void Print(string text) => console.Profile.Out.Writer.WriteLine(redactor.Redact(text.TrimEnd('\n')));

    public async Task CheckPlanAsync(CancellationToken ct)
    {
        RequireFormat("text", "json");
        var subject = await SubjectAsync(ct);
        var reader = new WorldReader(subject, options);
        var world = arguments.PlanFile is null ? await reader.ReadAsync(await ServicesAsync(ct), ct) : reader.Offline;
        if (arguments.Format == "json")
        {
            Print(PlanJson.Write(subject.Plan, PlanLint.Check(subject.Plan, world), subject.Source));
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
