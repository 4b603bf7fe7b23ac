using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReleaseTasks.Tests.Redaction;

/// <summary>How a value is written by those who quote it.</summary>
internal static class Spellings
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<Func<string, string>> All { get; } =
    [
        value => value,
        InJson,
        value => JsonSerializer.Serialize(value, Relaxed)[1..^1],
        Uri.EscapeDataString,
        value => Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal),
        value => string.Concat(Uri.EscapeDataString(value).Select((c, index) => IsInEscape(value, index) ? char.ToLowerInvariant(c) : c)),
        Repr,
        BytesRepr,
        value => InJson(InJson(value)),
        value => InJson(Uri.EscapeDataString(value)),
        value => InJson(Repr(value)),
        value => Uri.EscapeDataString(Uri.EscapeDataString(value)),
    ];

    /// <summary>Small letters do as well there: <c>%2f</c>.</summary>
    private static bool IsInEscape(string value, int index) => Uri.EscapeDataString(value)[Math.Max(0, index - 2)..index].Contains('%');

    private static string InJson(string value) => JsonSerializer.Serialize(value)[1..^1];

    /// <summary>Python's <c>repr(str)</c>, between its quotes.</summary>
    private static string Repr(string value) => string.Concat(value.Select(c => c switch
    {
        '\\' => @"\\",
        '\'' => @"\'",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < ' ' or '\u007f' => string.Create(CultureInfo.InvariantCulture, $@"\x{(int)c:x2}"),
        _ => c.ToString(),
    }));

    /// <summary>Python's <c>repr(bytes)</c>, between its quotes.</summary>
    private static string BytesRepr(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(b => b switch
    {
        (byte)'\\' => @"\\",
        (byte)'\'' => @"\'",
        (byte)'\n' => @"\n",
        (byte)'\r' => @"\r",
        (byte)'\t' => @"\t",
        < (byte)' ' or > (byte)'~' => string.Create(CultureInfo.InvariantCulture, $@"\x{b:x2}"),
        _ => ((char)b).ToString(),
    }));
}
