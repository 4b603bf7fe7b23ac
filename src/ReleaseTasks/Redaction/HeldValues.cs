namespace ReleaseTasks.Redaction;

/// <summary>
/// Finds known values in a text. What a line end or somebody else's cut has left of one is found too, where enough of it is left.
/// </summary>
internal sealed class HeldValues
{
    /// <summary>By so many characters at their begin and end values are looked for. Shorter ones would blacken ordinary words.</summary>
    public const int Shortest = 6;

    /// <summary>So much of a value gives it away. Less may be anything.</summary>
    private const int ShortestRest = 8;

    private readonly Beginnings _ends;
    private readonly Dictionary<string, Value[]>.AlternateLookup<ReadOnlySpan<char>> _byHead;
    private readonly Dictionary<string, Value[]>.AlternateLookup<ReadOnlySpan<char>> _byTail;

    /// <param name="values">Shorter ones than <see cref="Shortest"/> are left out.</param>
    public HeldValues(IEnumerable<string> values)
    {
        var known = values.Where(value => value.Length >= Shortest).Distinct().Select(value => new Value(value)).ToList();
        IsEmpty = known.Count == 0;
        _byHead = By(value => value.Text[..Shortest], known);
        _byTail = By(value => value.Text[^Shortest..], known.Where(value => value.MayBeCut));
        _ends = new(4, _byHead.Dictionary.Keys.Concat(_byTail.Dictionary.Keys));
    }

    public bool IsEmpty { get; }

    /// <summary>In the order of their beginning, parts that overlap among them.</summary>
    public IEnumerable<Passage> In(Strand strand)
    {
        var from = 0;
        while (_ends.Next(strand.Chars, from) is { } at && at + Shortest <= strand.Length)
        {
            if (FindHead(strand, at) is { } begun)
            {
                yield return begun;

                // Another value may begin within this one's end.
                from = Math.Max(at + 1, begun.End - Shortest + 1);
            }
            else
            {
                if (FindTail(strand, at) is { } ended)
                {
                    yield return ended;
                }

                from = at + 1;
            }
        }
    }

    private static Dictionary<string, Value[]>.AlternateLookup<ReadOnlySpan<char>> By(Func<Value, string> end, IEnumerable<Value> values) =>
        values
            .GroupBy(end)
            .ToDictionary(group => group.Key, group => group.OrderByDescending(value => value.Text.Length).ToArray())
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private Passage? FindHead(Strand strand, int at)
    {
        if (_byHead.TryGetValue(strand.Chars.Slice(at, Shortest), out var values))
        {
            foreach (var value in values)
            {
                var end = at + strand.Chars[at..].CommonPrefixLength(value.Text);
                if (end - at == value.Text.Length ? value.Stands(strand, at, end) : value.IsLeft(end - at) && IsCut(strand, end))
                {
                    return new(at, end);
                }
            }
        }

        return null;
    }

    private Passage? FindTail(Strand strand, int at)
    {
        if (_byTail.TryGetValue(strand.Chars.Slice(at, Shortest), out var values))
        {
            foreach (var value in values)
            {
                var end = at + Shortest;
                var begin = end - CommonSuffixLength(strand.Chars[..end], value.Text);
                if (value.IsLeft(end - begin) && IsCut(strand, begin))
                {
                    return new(begin, end);
                }
            }
        }

        return null;
    }

    /// <summary>Whether a text was cut off here, or goes on here after a cut.</summary>
    private static bool IsCut(Strand strand, int at) => strand.IsBroken(at) || IsCut(strand.Chars[..at], strand.Chars[at..]);

    private static bool IsCut(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        before[^1] == '…' || after[0] == '…' || before.EndsWith("...") || after.StartsWith("...");

    private static int CommonSuffixLength(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var length = 0;
        while (length < one.Length && length < other.Length && one[^(length + 1)] == other[^(length + 1)])
        {
            length++;
        }

        return length;
    }

    private sealed class Value(string text)
    {
        private readonly bool _isWord = text.All(char.IsLetter) || text.All(char.IsDigit);

        public string Text => text;

        /// <summary>What two addresses have in common is no secret.</summary>
        public bool MayBeCut { get; } = text.Length > ShortestRest && !text.Contains("://", StringComparison.Ordinal);

        public bool IsLeft(int length) => MayBeCut && length >= ShortestRest;

        /// <summary>A word is one only where it stands alone.</summary>
        public bool Stands(Strand strand, int begin, int end) =>
            !_isWord || (IsEdge(strand, begin) && IsEdge(strand, end) && IsWhole(strand, begin, end));

        private static bool IsEdge(Strand strand, int at) =>
            !strand.IsAdjacent(at) || !char.IsLetterOrDigit(strand.Chars[at - 1]) || !char.IsLetterOrDigit(strand.Chars[at]);

        /// <summary>"is land" is no "island", but a line may end in it.</summary>
        private static bool IsWhole(Strand strand, int begin, int end) =>
            Enumerable.Range(begin + 1, end - begin - 1).All(at => strand.IsAdjacent(at) || strand.IsBroken(at));
    }
}
