using System.Text;

namespace ReleaseTasks.Plans.Commands;

/// <summary>Splits one command into its words, and stops at the first thing that only a shell could understand.</summary>
internal sealed partial class CommandSplitter(string text)
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
