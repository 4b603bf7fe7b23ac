using System.Text.Json.Nodes;

namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary>A list as Heroku gives it: a page at a time, 206 and <c>Next-Range</c> while there's more.</summary>
internal static class Pages
{
    /// <param name="request">Its <c>Range</c> is what is wanted.</param>
    /// <param name="items">All of them.</param>
    /// <param name="shape">An item's JSON.</param>
    /// <param name="keys">What the list can be sorted by; the first is the default.</param>
    public static Answer Of<T>(HerokuRequest request, IEnumerable<T> items, Func<T, JsonObject> shape, params Key<T>[] keys)
    {
        var range = RangeHeader.Parse(request.Context.Request.Headers.Range.ToString());
        var key = range.Field is null ? keys[0]
            : Array.Find(keys, k => k.Field == range.Field) ?? throw RangeHeader.NotSatisfiable($"Unknown range field: {range.Field}");
        var sorted = range.Descending ? items.OrderByDescending(key.Value) : items.OrderBy(key.Value);
        var (from, to) = (key.Parse(range.From), key.Parse(range.To));
        var wanted = sorted.Where(i => IsWithin(key.Value(i), from, to, range)).Take(range.Max + 1).ToList();
        var page = wanted.Take(range.Max).ToList();

        var headers = new List<KeyValuePair<string, string>> { new("Accept-Ranges", string.Join(", ", keys.Select(k => k.Field))) };
        if (page.Count > 0)
        {
            headers.Add(new("Content-Range", $"{key.Field} {key.Value(page[0])}..{key.Value(page[^1])}"));
        }

        if (wanted.Count > page.Count)
        {
            headers.Add(new("Next-Range", range.After(key.Field, key.Value(page[^1]).ToString()!)));
        }

        var body = new JsonArray([.. page.Select(shape)]);
        return new Answer(wanted.Count > page.Count ? 206 : 200, body) { Headers = headers };
    }

    private static bool IsWithin(IComparable value, IComparable? from, IComparable? to, RangeHeader range)
    {
        var sign = range.Descending ? -1 : 1;
        var afterFrom = from is null || (sign * value.CompareTo(from)) is var c && (c > 0 || (c == 0 && !range.FromIsExclusive));
        return afterFrom && (to is null || sign * value.CompareTo(to) <= 0);
    }

    /// <summary>A field that lists can be sorted by and cut at.</summary>
    public sealed record Key<T>(string Field, Func<T, IComparable> Value, Func<string, IComparable> Read)
    {
        public static Key<T> Text(string field, Func<T, string> value) => new(field, i => new Ordinal(value(i)), s => new Ordinal(s));

        public static Key<T> Number(string field, Func<T, int> value) => new(
            field,
            i => value(i),
            s => int.TryParse(s, out var number) ? number : throw RangeHeader.NotSatisfiable($"Invalid {field} in Range: {s}"));

        public IComparable? Parse(string? text) => text is null ? null : Read(text);
    }

    /// <summary>Text in the order of its characters, whatever the culture.</summary>
    private sealed record Ordinal(string Text) : IComparable
    {
        public int CompareTo(object? obj) => string.CompareOrdinal(Text, ((Ordinal)obj!).Text);

        public override string ToString() => Text;
    }
}
