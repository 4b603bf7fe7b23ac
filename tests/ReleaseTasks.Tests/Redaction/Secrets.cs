using System.Text;

namespace ReleaseTasks.Tests.Redaction;

/// <summary>An app's config vars, and lines that quote them as logs, services and terminals do; the same for the same seed.</summary>
internal sealed class Secrets(int seed)
{
    private const string Usual = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Odd = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\u0008éüšž€ÿ";

    private static readonly string[] LineEnds = ["\n", "\r\n", "\n    ", " \n\t"];

    private readonly Random _random = new(seed);

    /// <summary>What holds nothing secret, and must stay readable.</summary>
    public static IReadOnlyDictionary<string, string> Ordinary { get; } = new Dictionary<string, string>
    {
        ["APP_NAME"] = "sushi",
        ["LOG_LEVEL"] = "warning",
        ["TZ"] = "Europe/Ljubljana",
        ["ENVIRONMENT"] = "production",
        ["DEBUG"] = "true",
        ["HOST"] = "sushi.example.com",
    };

    /// <summary>A made-up app's, a hundred of them random.</summary>
    public IReadOnlyDictionary<string, string> Held => field ??= new Dictionary<string, string>(Random(100))
    {
        ["DATABASE_URL"] = "postgres://u8hsf92kdx:p4fss9f8e7d6c5b4a@ec2-3-90-1-2.compute-1.amazonaws.com:5432/d5k3jf",
        ["MYVAR"] = "k7w3m9q2x8v4n6p5r2t7y9zz",
        ["STRIPE"] = $"sk_live_{"51Habcdefghijklmnop"}",
        ["MAIL_PASSWORD"] = "opensesame",
        ["CERTIFICATE"] = "-----BEGIN IT-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7+abc/def==\n-----END IT-----\n",
    };

    /// <summary>One line that quotes a value in one of its spellings, every third broken somewhere in it.</summary>
    public Quotation Quote()
    {
        var values = Held.Values.ToList();
        var spelt = Spellings.All[_random.Next(Spellings.All.Count)](values[_random.Next(values.Count)]);
        var at = _random.Next(1, spelt.Length);
        var quoted = _random.Next(3) == 0 ? spelt[..at] + LineEnds[_random.Next(LineEnds.Length)] + spelt[at..] : spelt;
        return new($"ValueError: {_random.Next()} in [{quoted}] at 0x{_random.Next():x}", spelt);
    }

    private IEnumerable<KeyValuePair<string, string>> Random(int count) =>
        Enumerable.Range(1, count).Select(number => KeyValuePair.Create($"VAR_{number}", Value()));

    private string Value()
    {
        var value = new StringBuilder();
        for (var length = _random.Next(8, 60); value.Length < length;)
        {
            value.Append(_random.Next(4) == 0 ? Odd[_random.Next(Odd.Length)] : Usual[_random.Next(Usual.Length)]);
        }

        return value.Append(_random.Next(10)).ToString();
    }
}

/// <param name="Line">What somebody wrote.</param>
/// <param name="Spelt">The value in it.</param>
internal sealed record Quotation(string Line, string Spelt);

/// <summary>What a sink has let out, looked through as somebody would who puts broken lines together.</summary>
internal sealed class Output(string text)
{
    private static readonly string[] Blanks = ["\\n", "\\r", "\\t", "\n", "\r", "\t", " "];

    private readonly string _text = Flat(text);

    public IEnumerable<Quotation> Hits(IEnumerable<Quotation> quotations) => quotations
        .DistinctBy(one => one.Spelt)
        .Where(one => text.Contains(one.Spelt, StringComparison.Ordinal) || _text.Contains(Flat(one.Spelt), StringComparison.Ordinal));

    private static string Flat(string text) => Blanks.Aggregate(text, (flat, blank) => flat.Replace(blank, "", StringComparison.Ordinal));
}
