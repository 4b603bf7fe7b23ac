namespace ReleaseTasks.Plans.Commands;

/// <content>All that is known of a shell's files: a value read from one, and a last one that is written.</content>
internal sealed partial class CommandSplitter
{
    /// <summary><c>$(&lt; FILE)</c>, as the whole value of a word.</summary>
    private void Dollar()
    {
        var close = text.IndexOf(')', _at);
        if (Peek(1) != '(')
        {
            Refuse("`$` reads a variable of a shell");
        }
        else if (Peek(2) != '<' || close < 0 || _file is not null)
        {
            Refuse("`$(…)` runs another command");
        }
        else
        {
            _inWord = true;
            _file = text[(_at + 3)..close].Trim();
            _at = close + 1;
        }
    }

    private void SaveTo()
    {
        EndWord();
        var file = text[(_at + 1)..].Trim();
        if (SavedTo is not null || file.Length == 0 || file.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-')))
        {
            Refuse("`>` writes to a file");
            return;
        }

        SavedTo = file;
        _at = text.Length;
    }
}
