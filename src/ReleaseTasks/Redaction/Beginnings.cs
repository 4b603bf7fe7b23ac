namespace ReleaseTasks.Redaction;

/// <summary>
/// Finds the places of a text at which one of many words may begin, by its first characters and a table: one look a place, however many
/// words there are. A place in a hundred may be a mistake.
/// </summary>
internal sealed class Beginnings
{
    private const int Bits = 14;

    private readonly bool[] _known = new bool[1 << Bits];
    private readonly int _length;
    private readonly bool _isEmpty = true;

    /// <param name="length">How many characters are looked at, at most four; no word is shorter.</param>
    /// <param name="words">What may begin.</param>
    public Beginnings(int length, IEnumerable<string> words)
    {
        _length = length;
        foreach (var word in words)
        {
            _known[Hash(First(word))] = true;
            _isEmpty = false;
        }
    }

    /// <summary>The next such place; null for none.</summary>
    public int? Next(ReadOnlySpan<char> text, int from)
    {
        if (_isEmpty || from + _length > text.Length)
        {
            return null;
        }

        var at = from;
        for (var first = First(text[from..]); !_known[Hash(first)]; at++)
        {
            if (at + _length == text.Length)
            {
                return null;
            }

            first = (first >> 16) | ((ulong)text[at + _length] << (16 * (_length - 1)));
        }

        return at;
    }

    /// <summary>The first characters as one number.</summary>
    private ulong First(ReadOnlySpan<char> text)
    {
        var first = 0UL;
        for (var i = 0; i < _length; i++)
        {
            first |= (ulong)text[i] << (16 * i);
        }

        return first;
    }

    /// <summary>Spreads numbers over the table (Fibonacci's hashing).</summary>
    private static int Hash(ulong first) => (int)((first * 0x9E3779B97F4A7C15) >> (64 - Bits));
}
