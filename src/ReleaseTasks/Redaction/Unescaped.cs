using System.Buffers;
using System.Globalization;
using System.Text;

namespace ReleaseTasks.Redaction;

/// <summary>
/// A text as whoever wrote it meant it: broken lines joined, the escapes of JSON, of URLs and of Python undone, however deep they are
/// nested. What a text and a secret are reduced to in the same way can be compared.
/// </summary>
internal static class Unescaped
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u0085\u2028\u2029\\");

    /// <summary>And what can't be seen.</summary>
    private static readonly SearchValues<char> Escapes = SearchValues.Create(
        "%\\\u00ad\u061c\u1680\u180e\u3000\ufeff" + Range('\0', '\u001f') + Range('\u007f', '\u00a0')
        + Range('\u2000', '\u200f') + Range('\u2028', '\u202f') + Range('\u205f', '\u206f'));

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" +");

    /// <summary>Its blanks stay, those around line ends aside.</summary>
    public static Strand Joined(string text) => IsPlain(text) ? Strand.Of(text) : WithoutEscapes(WithoutLineEnds(Strand.Of(text)));

    /// <summary>Without blanks, and without what stands for one in a form: a line may have been broken at a blank.</summary>
    public static Strand Solid(Strand joined)
    {
        var solid = new Strand.Builder(joined);
        var at = 0;
        while (joined.Chars[at..].IndexOfAny(Blanks) is >= 0 and var next)
        {
            solid.Keep(at, at + next);
            at += next + 1;
        }

        solid.Keep(at, joined.Length);
        return solid.Build();
    }

    /// <summary>Most texts are.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '~') && !text.ContainsAny('%', '\\');

    /// <summary>First of all: an escape may be broken too.</summary>
    private static Strand WithoutLineEnds(Strand text)
    {
        if (!text.Chars.ContainsAny(LineEnds))
        {
            return text;
        }

        var joined = new Strand.Builder(text);
        var at = 0;
        while (text.Chars[at..].IndexOfAny(LineEnds) is >= 0 and var next)
        {
            joined.Keep(at, at + next);
            at += next;
            var length = LineEndAt(text.Chars[at..]);
            if (length == 0)
            {
                var backslashes = text.Chars[at..].IndexOfAnyExcept('\\') is > 0 and var run ? run : text.Length - at;
                joined.Keep(at, at + backslashes);
                at += backslashes;
                continue;
            }

            joined.Break();
            at += length;
            while (BlankAt(text.Chars[at..]) is > 0 and var blank)
            {
                at += blank;
            }
        }

        joined.Keep(at, text.Length);
        return joined.Build();
    }

    /// <summary>How long the line end is that begins here, escaped or not; 0 for none.</summary>
    private static int LineEndAt(ReadOnlySpan<char> text)
    {
        if (text[0] != '\\')
        {
            return 1;
        }

        var letter = text.IndexOfAnyExcept('\\');
        return letter > 0 && text[letter] is 'n' or 'r' ? letter + 1 : 0;
    }

    private static int BlankAt(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text[0] != '\\')
        {
            return char.IsWhiteSpace(text[0]) && !LineEnds.Contains(text[0]) ? 1 : 0;
        }

        var letter = text.IndexOfAnyExcept('\\');
        return letter > 0 && text[letter] == 't' ? letter + 1 : 0;
    }

    private static Strand WithoutEscapes(Strand text) => text.Chars.ContainsAny(Escapes) ? new Decoder(text).Decode() : text;

    private static string Range(char first, char last) => string.Concat(Enumerable.Range(first, last - first + 1).Select(c => (char)c));

    private sealed class Decoder(Strand text)
    {
        private readonly Strand.Builder _plain = new(text);

        /// <summary>Bytes of a character beyond ASCII, of which not all have been read, and where each begins.</summary>
        private readonly byte[] _bytes = new byte[4];
        private readonly int[] _begins = new int[4];
        private int _count;
        private int _bytesEnd;

        public Strand Decode()
        {
            var at = 0;
            while (text.Chars[at..].IndexOfAny(Escapes) is >= 0 and var next)
            {
                if (next > 0)
                {
                    FlushBytes();
                    _plain.Keep(at, at + next);
                    at += next;
                }

                at += text.Chars[at] switch
                {
                    '%' => ReadPercent(at),
                    '\\' => ReadBackslashes(at),
                    var c => Add(c, at, 1),
                };
            }

            FlushBytes();
            _plain.Keep(at, text.Length);
            return _plain.Build();
        }

        /// <summary><c>%2F</c>, and <c>%252F</c>, which was escaped twice.</summary>
        private int ReadPercent(int begin)
        {
            var digits = begin + 1;
            while (text.Chars[digits..].StartsWith("25") && Hex(digits + 2, 2) is not null)
            {
                digits += 2;
            }

            return Hex(digits, 2) is { } value ? AddByte(value, begin, digits + 2 - begin) : Add('%', begin, 1);
        }

        /// <summary>However many of them there are: each nesting doubles them.</summary>
        private int ReadBackslashes(int begin)
        {
            var length = text.Chars[begin..].IndexOfAnyExcept('\\');
            if (length < 0)
            {
                return text.Length - begin;
            }

            var letter = begin + length;
            return text.Chars[letter] switch
            {
                't' => Add(' ', begin, length + 1),
                'a' or 'b' or 'e' or 'f' or 'v' => length + 1,
                'x' when Hex(letter + 1, 2) is { } value => AddByte(value, begin, length + 3),
                'u' when Hex(letter + 1, 4) is { } value => Add((char)value, begin, length + 5),
                'U' when Hex(letter + 1, 8) is { } value => AddRune(value, begin, length + 9),
                _ => length,
            };
        }

        private int AddRune(int value, int begin, int length)
        {
            Span<char> units = stackalloc char[2];
            var count = Rune.IsValid(value) ? new Rune(value).EncodeToUtf16(units) : 0;
            foreach (var unit in units[..count])
            {
                Add(unit, begin, length);
            }

            return length;
        }

        /// <summary>Bytes are UTF-8 where they can be.</summary>
        private int AddByte(int value, int begin, int length)
        {
            if (value < 0x80)
            {
                return Add((char)value, begin, length);
            }

            if (_count == _bytes.Length || _bytesEnd != begin)
            {
                FlushBytes();
            }

            (_bytes[_count], _begins[_count], _bytesEnd) = ((byte)value, begin, begin + length);
            _count++;
            if (Rune.DecodeFromUtf8(_bytes.AsSpan(0, _count), out var rune, out var used) == OperationStatus.Done && used == _count)
            {
                _count = 0;
                AddRune(rune.Value, _begins[0], _bytesEnd - _begins[0]);
            }

            return length;
        }

        /// <summary>What wasn't UTF-8 is taken byte by byte.</summary>
        private void FlushBytes()
        {
            var count = _count;
            _count = 0;
            for (var i = 0; i < count; i++)
            {
                Add((char)_bytes[i], _begins[i], (i + 1 < count ? _begins[i + 1] : _bytesEnd) - _begins[i]);
            }
        }

        private int Add(char c, int begin, int length)
        {
            FlushBytes();
            if (c != '\\' && LineEnds.Contains(c))
            {
                _plain.Break();
            }
            else if (char.IsWhiteSpace(c))
            {
                if (!_plain.IsAtLineBegin)
                {
                    _plain.Put(' ', begin, begin + length);
                }
            }
            else if (c != '\\' && !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                _plain.Put(c, begin, begin + length);
            }

            return length;
        }

        /// <summary>The value of so many hexadecimal digits; null where there are others.</summary>
        private int? Hex(int begin, int count)
        {
            var digits = begin + count <= text.Length ? text.Chars.Slice(begin, count) : [];
            return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;
        }
    }
}
