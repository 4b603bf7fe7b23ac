using Cake.Heroku;
using ReleaseTasks.Journals;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <content>The key that lets a roll-out go on in another checkout.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>
    /// A command of its own, for setting a config var is a release. Once there is one, only <c>--replace</c> makes another.
    /// </summary>
    public async Task CreateJournalKeyAsync(CancellationToken ct)
    {
        var (app, services) = (new AppName(options.App), await ServicesAsync(ct));
        var former = JournalKey.Of(await services.Heroku.GetConfigVarsAsync(app, ct));
        if (former is not null && !arguments.Replaces)
        {
            screen.Say($"{app} has a key for journals, {former.Id}: nothing to do. To replace it: " +
                $"{Command("CreateJournalKey", $" --replace --confirm={app}")}");
            return;
        }

        await RefuseUnderWayAsync(ct);
        screen.Say($"Sets config var {JournalKey.ConfigVar} of {app} to a new random key: a release, which restarts the dynos and runs " +
            $"the release phase.");
        if (former is not null)
        {
            screen.Say($"The copies on GitHub that were signed with {former.Id} are evidence only from then on: roll-outs of which " +
                $"nothing else is left can't be gone on with.");
        }

        RequireConfirmation(Command("CreateJournalKey", $"{(former is null ? "" : " --replace")} --confirm={app}"));
        await TakeLockAsync(RolloutId.Of(options.App, services.Time.GetUtcNow()), null, ct);
        try
        {
            await SetKeyAsync(app, JournalKey.Create(), ct);
        }
        finally
        {
            await FreeAppAsync(_lock!, CancellationToken.None);
        }
    }

    /// <summary>Its fingerprints and its copy are made with one key from beginning to end.</summary>
    private async Task RefuseUnderWayAsync(CancellationToken ct)
    {
        if ((await (await MemoryAsync(ct)).CurrentAsync(ct))?.State is { IsUnderWay: true } state)
        {
            throw new GateClosedException($"{state.Start!.Rollout} is under way. Nothing was changed. Finish it or undo it first.");
        }
    }

    private void RequireConfirmation(string command)
    {
        if (arguments.Confirmation != options.App)
        {
            var why = arguments.Confirmation is { } other
                ? $"'{other}' is not '{options.App}'."
                : "That is not done without a word from you.";
            throw new RefusedException($"{why} Nothing was changed. Type: {command}");
        }
    }

    /// <summary>Until the release that it makes has come to its end.</summary>
    private async Task SetKeyAsync(AppName app, string key, CancellationToken ct)
    {
        redactor.Learn([new(JournalKey.ConfigVar, key)]);
        var heroku = _services!.Heroku;
        var before = (await heroku.GetNewestReleaseAsync(app, ct)).Version;
        await heroku.SetConfigVarsAsync(app, new Dictionary<string, string?> { [JournalKey.ConfigVar] = key }, ct);
        for (var end = _services.Time.GetUtcNow() + options.Deadlines.Release; _services.Time.GetUtcNow() < end;)
        {
            if (await heroku.GetNewestReleaseAsync(app, ct) is { Status: not ReleaseStatus.Pending } made && made.Version > before)
            {
                SayKey(app, JournalKey.Parse(key)!, made);
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), _services.Time, ct);
        }

        throw new StepFailedException($"{JournalKey.ConfigVar} is set, and its release hasn't ended within " +
            $"{options.Deadlines.Release}: `heroku releases --app {app}` shows it.");
    }

    private void SayKey(AppName app, JournalKey key, Release made) => screen.Say(made.Status == ReleaseStatus.Succeeded
        ? $"{app} has a key for journals, {key.Id}, since v{made.Version}. Who may read the app's config vars has it, and nobody else."
        : throw new StepFailedException($"{JournalKey.ConfigVar} is set, but v{made.Version} {made.Status}: its release phase did not " +
            $"succeed. `heroku releases:output v{made.Version} --app {app}` shows why."));
}
