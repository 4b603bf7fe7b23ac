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
        var killed = await FindKilledRunAsync(ct);
        if (former is not null && !arguments.Replaces)
        {
            await FreeFromAsync(killed, ct);
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
        await TakeLockAsync(killed ?? RolloutId.Of(options.App, services.Time.GetUtcNow()), null, ct);
        try
        {
            await SetKeyAsync(app, JournalKey.Create(), ct);
        }
        finally
        {
            await FreeAppAsync(_lock!, CancellationToken.None);
        }
    }

    /// <summary>The name under which an earlier run of this command, alive or not, holds the app's lock: no roll-out has one without a pull request.</summary>
    private async Task<RolloutId?> FindKilledRunAsync(CancellationToken ct) =>
        await RolloutLock.FindHolderAsync(_services!.GitHub, options.App, ct) is { PullRequest: null } holder ? holder : null;

    /// <summary>A run that was killed behind its change leaves the app locked; one that is at work is left alone, and named.</summary>
    private async Task FreeFromAsync(RolloutId? killed, CancellationToken ct)
    {
        if (killed is not null)
        {
            await TakeLockAsync(killed, null, ct);
            await FreeAppAsync(_lock!, ct);
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
                await RequireSetAsync(app, key, ct);
                SayKey(app, JournalKey.Parse(key)!, made);
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), _services.Time, ct);
        }

        throw new StepFailedException($"{JournalKey.ConfigVar} is set, and its release hasn't ended within " +
            $"{options.Deadlines.Release}: `heroku releases --app {app}` shows it.");
    }

    /// <exception cref="StepFailedException">Something else is set: somebody made another at the same moment.</exception>
    private async Task RequireSetAsync(AppName app, string key, CancellationToken ct)
    {
        if ((await _services!.Heroku.GetConfigVarsAsync(app, ct)).GetValueOrDefault(JournalKey.ConfigVar) != key)
        {
            throw new StepFailedException($"{JournalKey.ConfigVar} of {app} isn't what this run set: somebody else changes it at this moment. " +
                $"Find out who; {Command("CreateJournalKey")} says which key there is then.");
        }
    }

    private void SayKey(AppName app, JournalKey key, Release made) => screen.Say(made.Status == ReleaseStatus.Succeeded
        ? $"{app} has a key for journals, {key.Id}, since v{made.Version}. Who may read the app's config vars has it, and nobody else."
        : throw new StepFailedException($"{JournalKey.ConfigVar} is set, but v{made.Version} {made.Status}: its release phase did not " +
            $"succeed. `heroku releases:output v{made.Version} --app {app}` shows why."));
}
