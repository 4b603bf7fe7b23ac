using ReleaseTasks.Options;
using ReleaseTasks.Sandbox;

namespace ReleaseTasks.Running;

/// <content>Everything once, where nothing can break.</content>
internal sealed partial class ReleaseRun
{
    /// <summary>The roll-out, what can be verified without a person, and the rollback, on a sandbox of its own that is thrown away.</summary>
    /// <param name="checkout">Asked where the project isn't the sample: its commits are what is rehearsed.</param>
    /// <param name="ct">Ends the rehearsal; the sandbox goes with it.</param>
    public async Task RehearseAsync(Func<ProjectCheckout> checkout, CancellationToken ct)
    {
        var rehearsal = new Rehearsal(SandboxHost.HasSampleOf(options) ? null : await DesignStageAsync(checkout(), ct));
        var folder = Directory.CreateTempSubdirectory("rehearsal-");
        try
        {
            await RehearseAsync(rehearsal, folder.FullName, ct);
        }
        catch (StageException e)
        {
            throw new RefusedException($"{e.Message}{Environment.NewLine}Nothing real was changed. Put that right, then: {Command("Rehearse")}");
        }
        catch
        {
            screen.Say("That was a rehearsal: nothing real was changed.");
            throw;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>From a plan in a file no token is needed; a pull request is read from GitHub, and then the app's shape from Heroku too.</summary>
    private async Task<Stage> DesignStageAsync(ProjectCheckout checkout, CancellationToken ct)
    {
        var designer = new StageDesigner(options, arguments, await SubjectToRehearseAsync(ct), checkout);
        return arguments.PlanFile is null ? await designer.DesignLikeAsync(_services!.Heroku, ct) : designer.Design();
    }

    private async Task<RolloutSubject> SubjectToRehearseAsync(CancellationToken ct)
    {
        try
        {
            return await SubjectAsync(ct);
        }
        catch (RefusedException e) when (arguments.PlanFile is null)
        {
            throw new RefusedException($"{e.Message} A plan in a file can be rehearsed without: --plan=FILE");
        }
    }

    private async Task RehearseAsync(Rehearsal scene, string stage, CancellationToken ct)
    {
        var onStage = new ReleaseArguments(new Dictionary<string, string>(arguments.Sandbox.Given) { ["confirm"] = options.App });
        var onSandbox = options with { Environment = ReleaseEnvironment.Sandbox };
        await using var rehearsal = new ReleaseRun(onSandbox, stage, onStage, screen, console, redactor, scene) { Recognisers = Recognisers, Tasks = new RehearsedTasks(Tasks) };
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
