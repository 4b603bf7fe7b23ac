namespace ReleaseTasks.Plans.Commands;

/// <content>Quotes and backslashes, as a shell has them.</content>
internal sealed partial class CommandSplitter
{
    private void Quoted()
    {
        var close = text.IndexOf('\'', _at + 1);
        if (close < 0)
        {
            Refuse("a quote isn't closed");
            return;
        }

        Append(text.AsSpan(_at + 1, close - _at - 1));
        _at = close + 1;
    }

    private void DoubleQuoted()
    {
        _inWord = true;
        for (_at++; _at < text.Length && text[_at] != '"';)
        {
            if (text[_at] == '\\' && Peek(1) is '"' or '\\' or '$' or '`')
            {
                Append(text[_at + 1]);
                _at += 2;
            }
            else if (text[_at] == '`')
            {
                Refuse("a back-tick runs another command");
                return;
            }
            else if (text[_at] == '$')
            {
                Dollar();
                if (Reason is not null)
                {
                    return;
                }
            }
            else
            {
                Append(text[_at++]);
            }
        }

        if (_at >= text.Length)
        {
            Refuse("a quote isn't closed");
            return;
        }

        _at++;
    }

    private void Escaped()
    {
        if (_at + 1 >= text.Length)
        {
            Refuse("it ends in a backslash");
            return;
        }

        Append(text[_at + 1]);
        _at += 2;
    }
}
