namespace ReleaseTasks.Redaction;

/// <summary>What is left of a text when it is reduced, and which part of the text each character of it stands for.</summary>
internal sealed class Strand
{
    private static readonly Run[] NoRuns = [];
    private static readonly List<int> NoBreaks = [];

    private readonly Strand? _source;
    private readonly ReadOnlyMemory<char> _chars;
    private readonly Run[] _runs;
    private readonly List<int> _breaks;

    private Strand(Strand? source, ReadOnlyMemory<char> chars, Run[] runs, List<int> breaks) =>
        (_source, _chars, _runs, _breaks) = (source, chars, runs, breaks);

    public int Length => _chars.Length;

    public ReadOnlySpan<char> Chars => _chars.Span;

    /// <summary>A text as it is.</summary>
    public static Strand Of(string text) => new(null, text.AsMemory(), NoRuns, NoBreaks);

    /// <summary>The part of the text that a part of this stands for, with what was left out between.</summary>
    public Passage Place(Passage found) => _source is null ? found : _source.Place(new(BeginOf(found.Begin), EndOf(found.End - 1)));

    /// <summary>Whether a line ends before this character; the text's own begin and end count.</summary>
    public bool IsBroken(int index) => index == 0 || index == Length || _breaks.BinarySearch(index) >= 0 || IsBrokenInSource(index);

    /// <summary>Whether this character and the one before it stand side by side in the text too.</summary>
    public bool IsAdjacent(int index) =>
        index > 0 && index < Length && Place(new(index - 1, index)).End == Place(new(index, index + 1)).Begin;

    private bool IsBrokenInSource(int index) =>
        _source is not null && (_source.IsBroken(BeginOf(index)) || _source.IsBroken(EndOf(index - 1)));

    private int BeginOf(int index) => RunOf(index) is var run && run.IsVerbatim ? run.Begin + index - run.Index : run.Begin;

    private int EndOf(int index) => RunOf(index) is var run && run.IsVerbatim ? run.Begin + index - run.Index + 1 : run.End;

    private Run RunOf(int index)
    {
        var (low, high) = (0, _runs.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _runs[middle].Index <= index ? (middle, high) : (low, middle - 1);
        }

        return _runs[low];
    }

    /// <summary>Characters in a row that stand side by side in the source too; or one that stands for several.</summary>
    private readonly record struct Run(int Index, int Begin, int End, bool IsVerbatim);

    /// <summary>Reduces a strand further.</summary>
    internal sealed class Builder(Strand source)
    {
        private readonly char[] _chars = new char[source.Length];
        private readonly List<int> _breaks = [];
        private Run[] _runs = new Run[16];
        private int _runCount;
        private int _length;

        public bool IsAtLineBegin => _length == 0 || (_breaks.Count > 0 && _breaks[^1] == _length);

        /// <summary>Takes these characters over.</summary>
        public void Keep(int begin, int end)
        {
            if (end > begin)
            {
                source.Chars[begin..end].CopyTo(_chars.AsSpan(_length));
                Add(new(_length, begin, end, IsVerbatim: true));
                _length += end - begin;
            }
        }

        /// <summary>Puts one character in the place of these.</summary>
        public void Put(char c, int begin, int end)
        {
            _chars[_length] = c;
            Add(new(_length, begin, end, IsVerbatim: false));
            _length++;
        }

        /// <summary>A line ends here, and the blanks before its end don't count.</summary>
        public void Break()
        {
            while (_length > 0 && _chars[_length - 1] == ' ')
            {
                _length--;
            }

            if (!IsAtLineBegin)
            {
                _breaks.Add(_length);
            }
        }

        public Strand Build() => new(source, _chars.AsMemory(0, _length), _runs[.._runCount], _breaks);

        private void Add(Run run)
        {
            if (_runCount == _runs.Length)
            {
                var more = new Run[2 * _runCount];
                Array.Copy(_runs, more, _runCount);
                _runs = more;
            }

            _runs[_runCount++] = run;
        }
    }
}

/// <summary>From where to where in a text, or in a strand of it.</summary>
internal sealed record Passage(int Begin, int End);
