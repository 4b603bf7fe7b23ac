using System.Globalization;

namespace Cake.Heroku;

/// <summary>Asks for one page of a list, of at most <paramref name="Max"/>, as Heroku's <c>Range</c> header.</summary>
/// <param name="Field">The field that the list is ordered by.</param>
public sealed record OnePage(string Field, int Max, bool Descending)
{
    public static OnePage NewestFirst(string field, int max) => new(field, max, Descending: true);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Field} ..; max={Max}, order={(Descending ? "desc" : "asc")}");
}
