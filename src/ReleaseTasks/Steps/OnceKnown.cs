using System.Text.Json;

namespace ReleaseTasks.Steps;

/// <summary>A step whose subject is known only when it is looked for, such as the release that a version names.</summary>
/// <param name="find">Finds the same step each time it is asked.</param>
internal sealed class OnceKnown(string name, string title, TimeSpan deadline, Func<CancellationToken, Task<IStep>> find) : IStep
{
    public string Name => name;

    public string Title => title;

    public TimeSpan? Deadline => deadline;

    public async Task<Observed> ObserveAsync(CancellationToken ct) => await (await find(ct)).ObserveAsync(ct);

    public async Task ApplyAsync(JsonElement before, CancellationToken ct) => await (await find(ct)).ApplyAsync(before, ct);

    public async Task<Reading> ReadBackAsync(JsonElement before, CancellationToken ct) => await (await find(ct)).ReadBackAsync(before, ct);
}
