using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>
/// The journal's copy on GitHub, <c>refs/release-journals/APP-prN</c>, by which a roll-out outlives the machine that it was begun on. The whole
/// journal is the message of one commit, whose parent has the journal as it was before. The ref is advanced, never forced: a run that goes on
/// from anything but the newest is stopped before its next effect.
/// </summary>
/// <param name="repository">Part of what is signed: a copy is none of another repository's.</param>
/// <param name="key">The app's key; asked for where there is something to read or to write.</param>
internal sealed class JournalCopy(IGitHub github, RolloutId rollout, string repository, Func<CancellationToken, Task<JournalKey?>> key)
{
    private const string Refs = "refs/release-journals/";

    private readonly RefName _ref = new(Refs + rollout);
    private CommitSha? _tip;
    private string _written = "";

    public string Reference => _ref.Name;

    private string Scope => $"{repository} {rollout}";

    /// <summary>Of the app's roll-outs that have a copy, the newest pull request's last attempt; null where there is none.</summary>
    public static async Task<RolloutId?> FindNewestAsync(IGitHub github, string app, CancellationToken ct) =>
        (await github.ListRefsAsync(new RefName($"{Refs}{app}-pr"), ct))
            .Select(copy => RolloutId.TryParse(copy.Name[Refs.Length..]))
            .Where(id => id?.App == app)
            .MaxBy(id => (id!.PullRequest, id.Attempt));

    /// <summary>The copy's whole lines, and whether they are to be believed.</summary>
    /// <exception cref="JournalException">It was forged.</exception>
    public async Task<SignedCopy> ReadAsync(CancellationToken ct)
    {
        _tip = await github.FindRefAsync(_ref, ct);
        if (_tip is null)
        {
            _written = "";
            return SignedCopy.None;
        }

        var known = key(ct);
        var note = await github.ReadNoteAsync(_tip, ct);
        var copy = SignedCopy.Read(note.Text.TrimEnd('\n') + "\n", Scope, await known, Reference);
        _written = copy.Text;
        return copy;
    }

    /// <summary>Brings the copy up to date; no request where it is.</summary>
    /// <exception cref="JournalException">Another run has written to it since it was read.</exception>
    /// <exception cref="GitHubException">It may be behind.</exception>
    public async Task WriteAsync(Journal journal, CancellationToken ct)
    {
        var text = journal.Text;
        if (text == _written)
        {
            return;
        }

        var treeOf = _tip ?? CommitSha.Parse(journal.State.Start?.HeadSha) ?? throw new InvalidOperationException("A journal begins with its pull request's head.");
        var note = await github.WriteNoteAsync(SignedCopy.Write(text, Scope, await key(ct)), treeOf, _tip, ct);
        if (!await MoveAsync(note, ct))
        {
            throw new JournalException($"{rollout} went on elsewhere: {_ref} is not what this run read. Nothing more is done here. --target=Status tells where it stands.");
        }

        (_tip, _written) = (note, text);
    }

    /// <summary>False where the ref isn't what was read.</summary>
    private async Task<bool> MoveAsync(CommitSha note, CancellationToken ct)
    {
        try
        {
            return _tip is null ? await github.CreateRefAsync(_ref, note, ct) == RefCreation.Created : await github.AdvanceRefAsync(_ref, note, ct);
        }
        catch (GitHubException e) when (e.OutcomeUnknown)
        {
            if (await github.FindRefAsync(_ref, ct) == note)
            {
                return true;
            }

            throw;
        }
    }
}
