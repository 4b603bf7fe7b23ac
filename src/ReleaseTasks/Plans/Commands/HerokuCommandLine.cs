namespace ReleaseTasks.Plans.Commands;

/// <summary>
/// A command as it stands in a plan, split into words by a grammar of its own: blanks, quotes and backslashes as a shell has them, and of the rest of a
/// shell only <c>NAME=$(&lt; FILE)</c> and a last <c>&gt; FILE</c>. It is never given to a shell.
/// </summary>
internal sealed record HerokuCommandLine(ValueList<CommandWord> Words, string? SavedTo)
{
    /// <summary>The command, or the reason why it isn't one that can be understood.</summary>
    public static (HerokuCommandLine? Line, string? Reason) Parse(string text)
    {
        var splitter = new CommandSplitter(text.Trim());
        return splitter.Read() ? (new([.. splitter.Words], splitter.SavedTo), null) : (null, splitter.Reason);
    }
}

/// <summary>One word of a command; <c>File</c> where it ends in <c>$(&lt; FILE)</c>.</summary>
internal sealed record CommandWord(string Text, string? File = null);
