using System.Text;

namespace ReleaseTasks.Plans;

/// <summary>
/// A command as it stands in a plan, split into words by a grammar of its own: blanks, quotes and backslashes as a shell has them, and of the rest of a
/// shell only <c>NAME=$(&lt; FILE)</c> and a last <c>&gt; FILE</c>. It is never given to a shell.
/// </summary>
internal sealed record HerokuCommandLine(ValueList<CommandWord> Words, string? SavedTo)
{
    /// <summary>The command, or the reason why it isn't one that can be understood.</summary>
    public static (HerokuCommandLine? Line, string? Reason) Parse(string text)
    {
        var splitter = new Splitter(text.Trim());
        return splitter.Read() ? (new([.. splitter.Words], splitter.SavedTo), null) : (null, splitter.Reason);
    }

    private sealed class Splitter(string text)
    {
        private readonly StringBuilder _word = new();
        private bool _inWord;
        private string? _file;
        private int _at;

        public List<CommandWord> Words { get; } = [];

        public string? SavedTo { get; private set; }

        public string? Reason { get; private set; }

        public bool Read()
        {
            while (Reason is null && _at < text.Length)
            {
                Next(text[_at]);
            }

            EndWord();
            return Reason is null && Words.Count > 0;
        }

        private void Next(char c)
        {
            switch (c)
            {
                case ' ' or '\t':
                    EndWord();
                    _at++;
                    break;
                case '\'':
                    Quoted();
                    break;
                case '"':
                    DoubleQuoted();
                    break;
                case '\\':
                    Escaped();
                    break;
                case '$':
                    Dollar();
                    break;
                case '>':
                    SaveTo();
                    break;
                case '&' when Peek(1) == '&':
                    Refuse("`&&` joins two commands");
                    break;
                case '|' when Peek(1) == '|':
                    Refuse("`||` joins two commands");
                    break;
                case '|':
                    Refuse("`|` feeds one command to another");
                    break;
                case ';':
                    Refuse("`;` joins two commands");
                    break;
                case '&':
                    Refuse("`&` starts a command in the background");
                    break;
                case '<':
                    Refuse("`<` reads from a file");
                    break;
                case '`':
                    Refuse("a back-tick runs another command");
                    break;
                case '(' or ')' or '*' or '?' or '{' or '}' or '!' or '#' or '~' when _inWord is false || c is not ('#' or '~' or '!'):
                    Refuse($"`{c}` means something to a shell");
                    break;
                default:
                    Plain(c);
                    break;
            }
        }

        private void Plain(char c)
        {
            if (c is '“' or '”' or '‘' or '’')
            {
                Refuse("it has typographic quotes");
            }
            else if (c is '–' or '—')
            {
                Refuse("it has a typographic dash");
            }
            else if (!char.IsAscii(c) && !char.IsLetterOrDigit(c) || char.IsControl(c))
            {
                Refuse($"it holds the character U+{(int)c:X4}");
            }
            else
            {
                Append(c);
                _at++;
            }
        }

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

        private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

        private void Append(char c)
        {
            _inWord = true;
            if (_file is not null)
            {
                Refuse("something follows `$(< …)` without a blank");
            }
            else if (char.IsControl(c) && c is not ('\n' or '\t'))
            {
                Refuse($"it holds the character U+{(int)c:X4}");
            }
            else
            {
                _word.Append(c);
            }
        }

        private void Append(ReadOnlySpan<char> characters)
        {
            _inWord = true;
            foreach (var c in characters)
            {
                Append(c);
            }
        }

        private void EndWord()
        {
            if (_inWord)
            {
                Words.Add(new(_word.ToString(), _file));
            }

            _word.Clear();
            _inWord = false;
            _file = null;
        }

        private void Refuse(string reason)
        {
            Reason ??= reason;
            _at = text.Length;
        }
    }
}

/// <summary>One word of a command; <c>File</c> where it ends in <c>$(&lt; FILE)</c>.</summary>
internal sealed record CommandWord(string Text, string? File = null);
