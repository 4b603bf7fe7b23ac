using ReleaseTasks.Options;

namespace ReleaseTasks.Running;

/// <content>Everything once, where nothing can break.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>The roll-out, what can be verified without a person, and the rollback, on a sandbox of its own that is thrown away.</summary>
    public async Task RehearseAsync(CancellationToken ct)
    {
        var stage = Directory.CreateTempSubdirectory("rehearsal-");
        try
        {
            await RehearseAsync(stage.FullName, ct);
        }
        finally
        {
            stage.Delete(recursive: true);
        }
    }

    private async Task RehearseAsync(string stage, CancellationToken ct)
    {
        var onStage = new ReleaseArguments(new Dictionary<string, string> { ["confirm"] = options.App });
        await using var rehearsal = new ReleaseRun(options with { Environment = ReleaseEnvironment.Sandbox }, stage, onStage, screen, console, redactor);
        screen.Say("The rehearsal: roll-out");
        await rehearsal.RollOutAsync(Station.Deploy, ct);
        await VerifyOnStageAsync(rehearsal, ct);
        screen.Say("The rehearsal: rollback");
        await rehearsal.RollBackAsync(ct);
        screen.Say($"The rehearsal is over: {Standing(rehearsal.State)} Nothing real was changed. Next: {Command("Plan")}");
    }

    /// <summary>A rehearsal asks no people: what is left for them doesn't stop it, a bad release does.</summary>
    private async Task VerifyOnStageAsync(ReleaseRun rehearsal, CancellationToken ct)
    {
        try
        {
            screen.Say("The rehearsal: verification");
            await rehearsal.VerifyAsync(ct);
        }
        catch (WaitingException e)
        {
            screen.Say(e.Message);
        }
    }
}
