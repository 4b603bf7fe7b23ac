namespace ReleaseTasks.Redaction;

/// <summary>What is known of secrets at a moment, prepared for quick looks at many texts.</summary>
internal sealed class Knowledge
{
    /// <summary>As they are: where an escape before one swallows its beginning, it is found all the same.</summary>
    private readonly HeldValues _plain;

    /// <summary>As every spelling of them is reduced.</summary>
    private readonly HeldValues _joined;

    /// <summary>Those with blanks, without.</summary>
    private readonly HeldValues _solid;

    /// <summary>Those that nobody may know, whatever they look like.</summary>
    private readonly HeldValues _exposing;

    private Knowledge(IEnumerable<(string Name, string Value)> held, IEnumerable<string> names)
    {
        var ordinary = new OrdinaryText(names);
        var all = held.SelectMany(one => SecretParts.Of(one.Name, one.Value, ordinary).Select(part => (Text: part, IsSecret: SecretParts.IsSecret(one.Name, one.Value)))).ToList();
        var joined = all.SelectMany(part => Joined(part.Text)).ToList();
        (_plain, _joined) = (new(all.Select(part => part.Text)), new(joined.Select(strand => strand.Chars.ToString())));
        _solid = new(joined.Where(strand => strand.Chars.Contains(' ')).Select(strand => Unescaped.Solid(strand).Chars.ToString()));
        _exposing = new(all.Where(part => part.IsSecret && !ordinary.Is(part.Text)).SelectMany(part => Joined(part.Text)).Select(strand => strand.Chars.ToString()));
    }

    public static Knowledge None { get; } = Of([], []);

    public static Knowledge Of(IEnumerable<(string Name, string Value)> held, IEnumerable<string> names) => new(held, names);

    /// <summary>In the order of the text, none within another.</summary>
    public List<Passage> SecretsIn(string text)
    {
        var joined = Unescaped.Joined(text);
        var solid = _solid.IsEmpty ? joined : Unescaped.Solid(joined);
        return Merged(
        [
            .. TokenForms.In(joined).Select(joined.Place),
            .. _joined.In(joined).Select(joined.Place),
            .. _solid.In(solid).Select(solid.Place),
            .. _plain.In(Strand.Of(text)),
        ]);
    }

    public bool Exposes(string text) => _exposing.In(Unescaped.Joined(text)).Any();

    /// <summary>An encoder of URLs takes a backslash for a character like any other; the rest take it for the beginning of an escape.</summary>
    private static IEnumerable<Strand> Joined(string value) => [Unescaped.Joined(value), Unescaped.Joined(Uri.EscapeDataString(value))];

    private static List<Passage> Merged(List<Passage> passages)
    {
        var merged = new List<Passage>();
        foreach (var passage in passages.OrderBy(passage => passage.Begin))
        {
            if (merged.Count > 0 && passage.Begin <= merged[^1].End)
            {
                merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, passage.End) };
            }
            else
            {
                merged.Add(passage);
            }
        }

        return merged;
    }
}
