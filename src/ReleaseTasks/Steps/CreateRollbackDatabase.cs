using System.Globalization;
using Cake.Heroku;
using ReleaseTasks.Redaction;

namespace ReleaseTasks.Steps;

/// <summary>
/// <c>heroku addons:create PLAN --rollback SOURCE --to TIME</c>: a second database with the data of that moment. Its name is known
/// before it exists, so that a second run finds it instead of making another.
/// </summary>
internal sealed class CreateRollbackDatabase(
    AppName app, RollbackDatabase wanted, IHerokuApi heroku, IHerokuDataApi data, IDatabaseReader database, TimeProvider time, TimeSpan deadline, bool simulated)
    : Step<CreateRollbackDatabase.Before>
{
    public const string StepName = "create-rollback-database";

    public override string Name => StepName;

    public override string Title => $"Create rollback database {wanted.Name} from {wanted.Source}";

    public override TimeSpan? Deadline => deadline;

    protected override async Task<Before> ObserveAsync(CancellationToken ct)
    {
        var source = await heroku.FindAttachmentAsync(app, wanted.Source, ct);
        var url = (await heroku.GetConfigVarsAsync(app, ct)).GetValueOrDefault(source.Name + "_URL");
        var counted = (await database.ReadAsync(url, ct)).Activity;
        return new(source.Addon.Name, wanted.Plan, wanted.Name, wanted.Attachment, wanted.To ?? NextSecond(counted?.At ?? time.GetUtcNow())) { Counted = counted };
    }

    protected override string Effect(Before before) =>
        $"{before.Plan} {before.Name}{(before.Attachment is null ? "" : $" as {before.Attachment}")}, a rollback of {before.Source} to {Time(before.To)} → created";

    protected override async Task ApplyAsync(Before before, CancellationToken ct)
    {
        if (await FindAsync(before, ct) is null)
        {
            await PassAsync(before, ct);
            await heroku.CreateAddonAsync(app, Request(before), ct);
        }
    }

    protected override async Task<Reading> ReadBackAsync(Before before, CancellationToken ct)
    {
        if (await FindAsync(before, ct) is not { } addon)
        {
            return new Reading.NotYet("not created");
        }

        if (addon.State is AddonState.Deprovisioned or AddonState.Deprovisioning)
        {
            return new Reading.Failed($"Heroku gave {before.Name} up while creating it ({addon.State}).");
        }

        if (addon.State != AddonState.Provisioned)
        {
            return new Reading.NotYet($"{before.Name} is {addon.State}") { UnderWay = true };
        }

        // Heroku's "provisioned" says that the add-on exists; only the data service knows whether the recovery has come to its end.
        var status = await data.GetWaitStatusAsync(addon.Id, ct);
        return status switch
        {
            { IsError: true } => new Reading.Failed($"{before.Name} could not be recovered: {ForeignText.Quote(status.Message)}"),
            { IsWaiting: true } => new Reading.NotYet($"{before.Name}: {ForeignText.Quote(status.Message)}") { UnderWay = true },
            _ => new Reading.Done(new Created(addon.Id, addon.Name, [.. addon.ConfigVars]), $"{addon.Name} holds the data of {Time(before.To)}") { Simulated = simulated },
        };
    }

    /// <summary>Heroku takes whole seconds and no future: "now" is the second that begins next, so that all that was counted lies before it.</summary>
    private static DateTimeOffset NextSecond(DateTimeOffset now) => now.Ticks % TimeSpan.TicksPerSecond == 0 ? now : now.AddTicks(TimeSpan.TicksPerSecond - (now.Ticks % TimeSpan.TicksPerSecond));

    /// <summary>Lets the moment come, by a wait rather than by a clock: the database's and this machine's may differ.</summary>
    private Task PassAsync(Before before, CancellationToken ct) =>
        wanted.To is null ? Task.Delay(before.Counted is { } counted ? before.To - counted.At : TimeSpan.FromSeconds(1), time, ct) : Task.CompletedTask;

    private async Task<Addon?> FindAsync(Before before, CancellationToken ct) =>
        (await heroku.ListAddonsAsync(app, ct)).FirstOrDefault(addon => addon.Name == before.Name);

    private static NewAddon Request(Before before) => new(before.Plan)
    {
        Name = before.Name,
        Attachment = new() { Name = before.Attachment },
        Config = new Dictionary<string, object> { ["rollback"] = before.Source, ["to"] = Time(before.To) },
    };

    /// <summary>With a zone: without one its meaning is undefined.</summary>
    private static string Time(DateTimeOffset to) => to.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss+00", CultureInfo.InvariantCulture);

    internal sealed record Before(string Source, string Plan, string Name, string? Attachment, DateTimeOffset To)
    {
        /// <summary>What was ever written to the source, when <see cref="To"/> was resolved; null where it couldn't be asked.</summary>
        public Activity? Counted { get; init; }
    }

    internal sealed record Created(HerokuId<Addon> Id, string Name, IReadOnlyList<string> ConfigVars);
}

/// <param name="Source">Attachment or add-on that it is a rollback of.</param>
/// <param name="Attachment">The name under which the plan speaks of it; null for a colour of Heroku's choice.</param>
/// <param name="To">Null for the moment when the step runs.</param>
internal sealed record RollbackDatabase(string Plan, string Source, string Name, string? Attachment, DateTimeOffset? To);
