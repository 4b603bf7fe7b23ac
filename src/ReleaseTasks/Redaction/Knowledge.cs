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

    public Knowledge(IEnumerable<ConfigVar> held, IEnumerable<string> names)
    {
        var ordinary = new OrdinaryText(names);
        List<ConfigVar> parts = [.. held.SelectMany(one => SecretParts.Of(one, ordinary))];
        List<Strand> joined = [.. parts.SelectMany(Joined)];
        _plain = new(parts.Select(part => part.Value));
        _joined = Values(joined);
        _solid = Values(joined.Where(strand => strand.Chars.Contains(' ')).Select(Unescaped.Solid));
        _exposing = Values(parts.Where(part => part.IsSecret && !ordinary.Is(part.Value)).SelectMany(Joined));
    }

    /// <summary>In the order of the text, none within another.</summary>
    /// <param name="knowledge">Null where nothing is known but how secrets look.</param>
    /// <param name="text">What is looked through.</param>
    public static List<Passage> SecretsIn(string text, Knowledge? knowledge)
    {
        var joined = Unescaped.Joined(text);
        List<Passage> found = [.. TokenForms.In(joined).Select(joined.Place), .. knowledge?.ValuesIn(text, joined) ?? []];
        return found.Count == 0 ? found : Merged(found);
    }

    public bool Exposes(string text) => _exposing.In(Unescaped.Joined(text)).Any();

    private IEnumerable<Passage> ValuesIn(string text, Strand joined)
    {
        var solid = _solid.IsEmpty ? joined : Unescaped.Solid(joined);
        return [.. _joined.In(joined).Select(joined.Place), .. _solid.In(solid).Select(solid.Place), .. _plain.In(Strand.Of(text))];
    }

    /// <summary>To an encoder of URLs a backslash is a character like any other; to the rest it begins an escape.</summary>
    private static IEnumerable<Strand> Joined(ConfigVar part) =>
        [Unescaped.Joined(part.Value), Unescaped.Joined(Uri.EscapeDataString(part.Value))];

    private static HeldValues Values(IEnumerable<Strand> strands) => new(strands.Select(strand => strand.Chars.ToString()));

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
