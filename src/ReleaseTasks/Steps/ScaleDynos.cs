using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary><c>heroku ps:scale TYPE=QUANTITY …</c></summary>
internal sealed class ScaleDynos(AppName app, string name, string title, IReadOnlyDictionary<string, int> wanted, IHerokuApi heroku) : Step<ScaleDynos.Before>
{
    public override string Name => name;

    public override string Title => title;

    protected override async Task<Before> ObserveAsync(CancellationToken ct) =>
        new((await heroku.ListFormationAsync(app, ct)).Where(f => wanted.ContainsKey(f.Type)).ToDictionary(f => f.Type, f => f.Quantity)) { Wanted = wanted };

    protected override string Effect(Before before) => string.Join(", ", wanted.Select(w => before.Quantities.GetValueOrDefault(w.Key) is var found && found == w.Value ? $"{w.Key}={w.Value}" : $"{w.Key} {found} → {w.Value}"));

    protected override Task ApplyAsync(Before before, CancellationToken ct) => heroku.ScaleAsync(app, wanted, ct);

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        var found = await heroku.ListFormationAsync(app, ct);
        return wanted.All(w => found.FirstOrDefault(f => f.Type == w.Key)?.Quantity == w.Value)
            ? new Reading.Done(new { }, string.Join(" ", wanted.Select(w => $"{w.Key}={w.Value}")))
            : new Reading.NotYet("not scaled");
    }

    internal sealed record Before(IReadOnlyDictionary<string, int> Quantities)
    {
        /// <summary>Process types and how many dynos of each they get.</summary>
        public IReadOnlyDictionary<string, int> Wanted { get; init; } = new Dictionary<string, int>();
    }
}
