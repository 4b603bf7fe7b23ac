using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>A roll-out that this checkout doesn't know is adopted, not resumed.</content>
internal sealed partial class ReleaseRun
{
    /// <exception cref="GateClosedException">Nobody who may release vouches for what is known of it.</exception>
    private static void RefuseEvidence(Recollection known)
    {
        if (known is { IsEvidence: true, State: { HasTouchedTheWorld: true } or { IsFinished: true } or { Rollback: not null } })
        {
            throw new GateClosedException(
                $"{known.Id} is known here from its copy on GitHub alone, refs/release-journals/{known.Id}, and {known.WhyEvidence}: " +
                $"whoever may push could have written it. Nothing was changed. " +
                $"Go on in the checkout where it was begun; undo it with {Command("Rollback", PullRequestArgument(known.Id))}; or, " +
                $"where nothing was begun, delete the ref (git push origin :refs/release-journals/{known.Id}). " +
                $"So that the next one can go on anywhere: {Command("CreateJournalKey")}");
        }
    }

    /// <summary>What the lint and the people gates don't see: a plan that was exchanged, a copy that ends too early.</summary>
    /// <exception cref="RefusedException">Something is odd, and nobody has confirmed it.</exception>
    private async Task AdoptAsync(RolloutSubject subject, CancellationToken ct)
    {
        screen.Say($"This checkout doesn't know {subject.Id}: it is adopted from its copy on GitHub, which is signed with the app's " +
            $"key. {Begun(subject.State)}");
        RefuseBadPlan(subject, PlanLint.Check(subject.Reading, new WorldReader(subject, options, Tasks, redactor.Exposes).Offline));
        var described = PlanMarkdown.Parse(subject.PullRequest!.Body, Recognisers).Plan ?? new RolloutPlan();
        IReadOnlyList<string> doubts = [.. Adoption.Differences(subject.Plan, described), .. await BeyondAsync(subject, ct)];
        if (doubts.Count > 0 && arguments.Confirmation != options.App)
        {
            throw new RefusedException(
                string.Join(Environment.NewLine, doubts.Select(doubt => $"  ≠  {doubt}")) +
                $"{Environment.NewLine}{subject.Id} isn't gone on with without a word from you. Nothing was changed. Either somebody " +
                $"else changed these, or the copy isn't the newest. " +
                $"Where it is right all the same: {Command("Deploy", $"{PullRequestArgument(subject.Id)} --confirm={options.App}")}");
        }

        foreach (var doubt in doubts)
        {
            screen.Say($"  ≠  {doubt}");
        }
    }

    private async Task<IEnumerable<string>> BeyondAsync(RolloutSubject subject, CancellationToken ct)
    {
        if (RecordState.FoundIn(subject.State) is not { } found)
        {
            return ["the copy doesn't say how the app was found"];
        }

        var (app, services) = (new AppName(options.App), await ServicesAsync(ct));
        var originals = new ConfigVarOriginals(subject.State, VaultOf(subject.Id), await FingerprintAsync(subject.State, ct));
        var ours = await OursAsync(subject.State, ct);
        var strangers = new Strangers(found, new Footprint(subject.State, found), originals, UndoDecision.Nothing, ours);
        var now = await services.AppReader.ReadWithoutDatabaseAsync(app, ct);
        return Adoption.Beyond(subject.Memory, strangers, now, await services.Heroku.ListAddonsAsync(app, ct), subject.PullRequest);
    }

    private static string Begun(RunState state) =>
        $"It was begun by {state.Start!.Owner} on {state.Start.Host} at {state.Start.At:yyyy-MM-dd HH:mm} UTC.";

    private static string PullRequestArgument(RolloutId id) => id.PullRequest is { } number ? $" --pr={number}" : "";
}
