using System.Net;
using Cake.Heroku;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Reports;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>Looks and tells, changes nothing.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>What <c>Deploy</c> would do now: for people, for machines, or as a graph.</summary>
    public async Task PreviewAsync(CancellationToken ct)
    {
        RequireFormat("text", "json", "mermaid");
        var subject = await SubjectAsync(ct);
        var factory = new StepFactory(
            subject, options, arguments, await ServicesAsync(ct), VaultOf(subject.Id), Tasks, Terminal, () => subject.State, () => IsConfirmed);
        using var reader = Reader(ct);
        var preflight = Preflight(new(subject), reader, (_, _) => Task.FromResult(IsConfirmed));
        var preview = await new Previewer(subject, options, _services!, factory, preflight).LookAsync(ct);
        if (arguments.Format != "text")
        {
            Print(arguments.Format == "json"
                ? Clean(PreviewJson.Write(preview))
                : redactor.Clean(PreviewMermaid.Write(preview, redactor.Clean)));
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
    private void Print(string clean) => console.Profile.Out.Writer.WriteLine(clean.TrimEnd('\n'));

    /// <summary>Text by text, so that it stays JSON: a number may look like a value.</summary>
    private string Clean(string json) => redactor.CleanDocument(json, ForMachines.Json);

    public async Task CheckPlanAsync(CancellationToken ct)
    {
        RequireFormat("text", "json");
        var subject = await SubjectAsync(ct);
        var reader = new WorldReader(subject, options, Tasks, redactor.Exposes);
        var world = arguments.PlanFile is null ? await reader.ReadAsync(await ServicesAsync(ct), ct) : reader.Offline;
        var problems = PlanLint.Check(subject.Reading, world);
        if (arguments.Format == "json")
        {
            Print(Clean(PlanJson.Write(subject.Reading.Draft, problems, subject.Source)));
        }

        await PublishCheckRunAsync(subject, problems, ct);
        foreach (var note in problems.Where(problem => problem.Severity == PlanSeverity.Note))
        {
            screen.Say($"  {note.Render(subject.Source)}");
        }

        RefuseBadPlan(subject, problems);
        screen.Say($"{subject.Source}: {subject.Plan.Steps.Count()} steps, nothing to put right.");
    }

    /// <exception cref="RefusedException">It has errors; the warnings are said in any case.</exception>
    private void RefuseBadPlan(RolloutSubject subject, IReadOnlyList<PlanProblem> problems, string also = "")
    {
        foreach (var warning in problems.Where(problem => problem.Severity == PlanSeverity.Warning))
        {
            screen.Say("  " + warning.Render(subject.Source));
        }

        if (problems.Where(problem => problem.Severity == PlanSeverity.Error).ToList() is { Count: > 0 } errors)
        {
            throw new RefusedException(
                string.Join(Environment.NewLine, errors.Select(problem => problem.Render(subject.Source))) +
                $"{Environment.NewLine}The plan must not be carried out like this.{also} Nothing was changed. Put its text right and run the same command again.");
        }
    }

    /// <summary>Where it is asked for, and in a workflow that runs for the pull request.</summary>
    private async Task PublishCheckRunAsync(RolloutSubject subject, IReadOnlyList<PlanProblem> problems, CancellationToken ct)
    {
        if (!arguments.PublishesCheckRun && (_services is null || _services.WorkflowPullRequest is null))
        {
            return;
        }

        var head = subject.PullRequest?.Head ?? throw new RefusedException("--check-run: a plan in a file belongs to no commit. Nothing was changed. Name its pull request with --pr=N.");
        try
        {
            await (await ServicesAsync(ct)).GitHub.PublishCheckAsync(PlanCheck.Report(head, subject.Source, problems), id: null, ct);
        }
        catch (GitHubException e) when (e.Status == HttpStatusCode.Forbidden && !arguments.PublishesCheckRun)
        {
            screen.Say($"No check run was published: {ForeignText.Quote(e.Reason)} In a workflow, give its token `checks: write`.");
        }
    }

    public async Task ShowStatusAsync(CancellationToken ct)
    {
        RequireFormat("text", "json");
        var status = await StatusAsync(ct);
        if (arguments.Format == "json")
        {
            Print(Clean(StatusJson.Write(status)));
            return;
        }

        if (status.Rollout is { Exists: true } state)
        {
            console.Write(RolloutReport.Table(state, redactor.Clean));
        }

        var now = TimeProvider.System.GetUtcNow();
        IEnumerable<string?> lines =
        [
            status.Standing,
            status.Doubt,
            status.AppStanding,
            .. status.Leftovers.Select(leftover => "Left: " + leftover.Line(now)),
            status.LeftoversUnknown is { } why ? $"What is left behind can't be looked for: {why}" : null,
            .. status.Next.Select(next => "Next: " + next),
        ];
        foreach (var line in lines.OfType<string>())
        {
            screen.Say(line);
        }
    }

    private async Task<Status> StatusAsync(CancellationToken ct)
    {
        var remembered = StatusOf(Remembered);
        if (options.Environment == ReleaseEnvironment.Sandbox && !Directory.Exists(SandboxDirectory))
        {
            // Looking makes no world.
            return remembered;
        }

        try
        {
            var services = await ServicesAsync(ct);
            var known = await RecallAsync(await MemoryAsync(ct), ct);
            var state = known?.State;

            // What the journal says may have been written before anybody knew what is secret in it. What evidence claims isn't looked up.
            var learning = known is { Trusted: { } trusted, State.Exists: true } ? LearnAsync(trusted, ct) : Task.CompletedTask;
            var standing = AppStandingAsync(ExitCode.Done);
            await Task.WhenAll(learning, standing);
            IEnumerable<RunState> others = _rollouts.Of(options.App).Where(other => other.Start!.Rollout != state?.Start?.Rollout);
            return StatusOf(state) with
            {
                Doubt = known is { IsEvidence: true, WhyEvidence: { } why }
                    ? $"All that is known of it here is its copy on GitHub, and {why}: whoever may push could have written it."
                    : null,
                AppStanding = await standing,
                Leftovers = await new LeftoverFinder([.. state is { Exists: true } ? [state] : (RunState[])[], .. others], options, services).FindAsync(ct),
            };
        }
        catch (Exception e) when (
            e is RefusedException or JournalException or HerokuApiException or GitHubException or HttpRequestException)
        {
            return remembered with { LeftoversUnknown = ForeignText.WordsOf(e) };
        }
    }

    private Status StatusOf(RunState? state) => state is { Exists: true }
        ? new() { App = options.App, Standing = Standing(state), Rollout = state, Next = [.. NextCommands(state)] }
        : new() { App = options.App, Standing = $"{options.App}: no roll-out is remembered here.", Next = [Command("Plan")] };

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
        { RolledBack: not null, IsUnlocked: true } when state.HasFinished(MergePullRequest.StepName) => [],
        { RolledBack: not null, IsUnlocked: true } => [Command("Deploy", PullRequestArgument(state.Start!.Rollout))],
        { RolledBack: not null } => [Command("Unlock", " --reason='why the app may be rolled out again'")],
        { Rollback: not null } => [RollbackCommand],
        { IsFinished: true } when state.HasFinished(CleanupStep) => [],
        { IsFinished: true, Verdict.Verdict: "good" } => [Command("Cleanup"), RollbackCommand],
        { IsFinished: true } => [Command("Verify"), RollbackCommand],
        _ => [Command("Deploy"), RollbackCommand],
    };
}
