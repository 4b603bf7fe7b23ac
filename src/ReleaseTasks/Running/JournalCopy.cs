using System.Globalization;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Running;

/// <summary>
/// The journal's copy on GitHub, <c>refs/release-journals/APP-prN</c>, by which a roll-out outlives the machine that it was begun on. The whole
/// journal is the message of one commit, whose parent has the journal as it was before. The ref is advanced, never forced: a run that goes on
/// from anything but the newest is stopped before its next effect.
/// </summary>
internal sealed class JournalCopy(IGitHub github, string rollout)
{
    private readonly RefName _ref = RefOf(rollout);
    private CommitSha? _tip;
    private string _written = "";

    public string Reference => _ref.Name;

    /// <summary>Of the app's roll-outs that have a copy, the one with the newest pull request; null where there is none.</summary>
    public static async Task<string?> FindNewestAsync(IGitHub github, string app, CancellationToken ct)
    {
        var start = RefOf(Rollouts.IdOf(app, null));
        var numbers = (await github.ListRefsAsync(start, ct)).Select(copy => NumberIn(copy.Name[start.Name.Length..]));
        return numbers.Max() is { } newest ? Rollouts.IdOf(app, newest) : null;
    }

    /// <summary>The copy's whole lines; empty where there is none.</summary>
    public async Task<string> ReadAsync(CancellationToken ct)
    {
        _tip = await github.FindRefAsync(_ref, ct);
        _written = _tip is null ? "" : (await github.ReadNoteAsync(_tip, ct)).Text.TrimEnd('\n') + "\n";
        return _written;
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
        var note = await github.WriteNoteAsync(text, treeOf, _tip, ct);
        if (!await MoveAsync(note, ct))
        {
            throw new JournalException($"{rollout} went on elsewhere: {_ref} is not what this run read. Nothing more is done here. --target=Status tells where it stands.");
        }

        (_tip, _written) = (note, text);
    }

    private static RefName RefOf(string rollout) => new($"refs/release-journals/{rollout}");

    private static int? NumberIn(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

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
