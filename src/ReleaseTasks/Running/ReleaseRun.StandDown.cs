using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Redaction;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>After a step has failed: the app isn't left closed without need. docs/operating.md has the table.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>Opens the app again, with the dynos that were found, where the roll-out has changed nothing else on it; says why or why not.</summary>
    private async Task StandDownAsync(Journal journal, CancellationToken ct)
    {
        var state = journal.State;
        if (!state.HasFinished(SetMaintenance.OnStep)
            || state.HasFinished(SetMaintenance.OffStep)
            || RecordState.FoundIn(state) is not { Maintenance: false } found)
        {
            return;
        }

        try
        {
            if (await WhyClosedAsync(state, found, ct) is { } why)
            {
                screen.Say($"{options.App} stays closed: {why}.");
                return;
            }

            var failure = state.StoppedBecause;
            await ReopenAsync(journal, found, ct);
            journal.Write(new Stopped(failure ?? "a step failed"));
        }
        catch (Exception e) when (e is HerokuApiException or HttpRequestException or StepFailedException or InvalidOperationException)
        {
            screen.Say($"{options.App} stays closed: whether it can be opened can't be told now ({ForeignText.WordsOf(e)}).");
        }
    }

    /// <summary>Null where the app is as it was found, maintenance and dynos aside, and nothing of the roll-out's can have run on it.</summary>
    private async Task<string?> WhyClosedAsync(RunState state, AppState found, CancellationToken ct)
    {
        if (state.Steps.FirstOrDefault(step => step.Name.StartsWith(StepFactory.RunPrefix, StringComparison.Ordinal)) is { } command)
        {
            return $"{command.Title} was begun, and may have changed data or schema";
        }

        var now = await _services!.AppReader.ReadWithoutDatabaseAsync(new AppName(options.App), ct);
        var builds = await BuildsAsync(state, ct);
        if (builds.Any(build => build.Status == BuildStatus.Pending))
        {
            return "a build is still under way, and may be released at any moment";
        }

        if (builds.Any(build => build.Release is not null))
        {
            return now.Release.Slug == found.Release.Slug
                ? "the release phase ran and did not succeed, so the schema may be half way"
                : $"v{now.Release.Version} is released, and what was to follow isn't done";
        }

        var nothingOfOurs = new ConfigVarOriginals(RunState.Empty, VaultOf(state.Start!.Rollout), await FingerprintAsync(state, ct));
        var changed = new Strangers(found, new Footprint(RunState.Empty, found), nothingOfOurs, UndoDecision.Nothing, []);
        return changed.Release(now).Concat(changed.Primary(now, "")).Any()
            ? "its config vars, code or primary database aren't as they were found"
            : changed.Attachments(now).Any() ? "its attachments aren't as they were found"
            : null;
    }

    private async Task ReopenAsync(Journal journal, AppState found, CancellationToken ct)
    {
        var app = new AppName(options.App);
        var again = journal.State.StandDowns + 1;
        var scaled = new Footprint(journal.State, found).Scaled.ToDictionary(type => type, type => found.Formation.GetValueOrDefault(type));
        screen.Say($"{options.App} runs v{found.Release.Version} as it was found, nothing else has changed: it is opened again until the next attempt.");

        // First what the journal forgets: a resumed roll-out has to close the app anew, whatever becomes of the next lines.
        journal.Write(new StoodDown([.. journal.State.Steps.Select(step => step.Name).Where(name => name == SetMaintenance.OnStep || name.StartsWith(Footprint.ScalePrefix, StringComparison.Ordinal))]));
        await CarryOutAsync(
            [
                .. scaled.Count > 0 ? [new ScaleDynos(app, $"scale-back-{again}", "Scale as found", scaled, _services!.Heroku)] : (IStep[])[],
                new SetMaintenance(app, $"reopen-{again}", "Open the app to visitors again", on: false, _services!.Heroku),
            ],
            journal,
            ct);
    }
}
