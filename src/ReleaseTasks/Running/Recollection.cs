using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>What is known of a roll-out, and by whom it is vouched for.</summary>
/// <param name="Id">The roll-out.</param>
/// <param name="State">By this checkout's journal, and what the copy on GitHub says beyond it.</param>
/// <param name="Known">By this checkout's journal alone.</param>
/// <param name="WhyEvidence">Why nobody vouches for what the copy says beyond the journal, as a clause; null where somebody does.</param>
internal sealed record Recollection(RolloutId Id, RunState State, RunState Known, string? WhyEvidence)
{
    /// <summary>The copy tells what this checkout doesn't know.</summary>
    public bool IsAdopted { get; private init; }

    /// <summary>What it tells could have been written by anyone who may push to the repository. Nothing is done because of it.</summary>
    public bool IsEvidence => IsAdopted && WhyEvidence is not null;

    /// <summary>
    /// What may be acted on: evidence of a roll-out that has only looked so far is as good as none, for that begins anew.
    /// </summary>
    public RunState Trusted => IsEvidence ? Known : State;

    public static Recollection None(RolloutId id) => new(id, RunState.Empty, RunState.Empty, null);

    /// <exception cref="JournalException">The two tell different stories, or tell them of another roll-out.</exception>
    public static Recollection Of(RolloutId id, string journal, string path, SignedCopy copy, string reference)
    {
        var whole = JournalText.Longer(journal, copy.Text, path, reference);
        var state = Journal.StateOf(whole, path, whole == journal ? path : reference);
        return state.Start is { } start && (start.Rollout != id || start.App != id.App)
            ? throw new JournalException($"{(whole == journal ? path : reference)} is the journal of {start.Rollout} (app " +
                $"{start.App}), not of {id}. Nothing was changed. Move it away if it isn't yours.")
            : new(id, state, Journal.StateOf(journal, path, path), copy.WhyEvidence) { IsAdopted = whole != journal };
    }
}
