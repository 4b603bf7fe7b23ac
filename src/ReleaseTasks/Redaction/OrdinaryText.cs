using System.Text.RegularExpressions;

namespace ReleaseTasks.Redaction;

/// <summary>
/// Tells what anybody might write without knowing a secret: a few words, small numbers, the plain address of a host, and the names that
/// this run is about. docs/decisions.md weighs it.
/// </summary>
/// <param name="names">The app's, the project's, the repository's, its branches', the plan's.</param>
internal sealed partial class OrdinaryText(IEnumerable<string> names)
{
    private const int MostWords = 3;
    private const int MostDigits = 8;
    private const int LongestWord = 15;
    private const int LongestNumber = 4;

    private readonly HashSet<string> _names = [.. names];

    public bool Is(string value) => _names.Contains(value) || Host().IsMatch(value) || IsWords(value);

    private bool IsWords(string value)
    {
        if (!Plain().IsMatch(value))
        {
            return false;
        }

        string[] pieces = [.. Piece().Matches(value).Select(piece => piece.Value)];
        return pieces.Length > 0
            && pieces.All(piece => IsNumber(piece) || IsWord(piece) || _names.Contains(piece))
            && pieces.Count(piece => !IsNumber(piece)) <= MostWords
            && pieces.Where(IsNumber).Sum(piece => piece.Length) <= MostDigits;
    }

    private static bool IsNumber(string piece) => piece.Length <= LongestNumber && piece.All(char.IsAsciiDigit);

    /// <summary><c>Buenos_Aires</c> is one.</summary>
    private static bool IsWord(string piece) => piece.Length <= LongestWord && piece.Split('_').All(IsSpoken);

    private static bool IsSpoken(string part) => Short().IsMatch(part) || (Spoken().IsMatch(part) && !Unspeakable().IsMatch(part));

    /// <summary><c>sushi.example.com</c>, <c>https://sushi.example.com:8080/</c>, <c>10.0.0.12:5432</c></summary>
    [GeneratedRegex(
        @"^([a-z]{2,10}://)?(([a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?\.){1,6}[a-z]{2,12}|[0-9]{1,3}(\.[0-9]{1,3}){3})(:[0-9]{1,5})?/?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Host();

    [GeneratedRegex(@"^[\p{L}0-9 .,:;/_@+=!?'()-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"[\p{L}0-9]+(_[\p{L}0-9]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    /// <summary><c>UTF</c>, <c>css</c>, <c>ec2</c>, <c>v52</c></summary>
    [GeneratedRegex(@"^(\p{Lu}{1,4}|\p{Lu}?\p{Ll}{1,4})[0-9]{0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Short();

    /// <summary>In capitals or without, at most its first letter great, and with a vowel.</summary>
    [GeneratedRegex(@"^(?=.*([aeiouyAEIOUY]|[^\x00-\x7f]))(\p{Lu}+|\p{Lu}?\p{Ll}+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Spoken();

    [GeneratedRegex("[bcdfghjklmnpqrstvwxz]{6}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unspeakable();
}
