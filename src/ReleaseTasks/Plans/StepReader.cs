using ReleaseTasks.Plans.Commands;

namespace ReleaseTasks.Plans;

/// <summary>From a step's text to the work it asks for: the project's own recognisers first, then commands, then words; what is left is for a person.</summary>
internal sealed class StepReader(IReadOnlyList<IStepRecogniser> recognisers)
{
    /// <summary>At least one piece of work.</summary>
    public IReadOnlyList<Work> Read(StepText step)
    {
        foreach (var recogniser in recognisers)
        {
            if (recogniser.Recognise(step) is { } work)
            {
                return [work];
            }
        }

        if (step.Commands.Count > 0)
        {
            return FromCommands(step);
        }

        var words = WordsRecogniser.Recognise(step);
        return words.Count > 0 ? words : [new Work.Manual()];
    }

    private static Work[] FromCommands(StepText step)
    {
        Work[] work = [.. step.Commands.SelectMany(CommandRecogniser.Recognise).Select(work => Complete(work, step))];
        if (work.OfType<Work.Manual>().FirstOrDefault() is { } manual)
        {
            return [manual];
        }

        if (work.All(IsHarmless))
        {
            return work;
        }

        if (WordsRecogniser.Reservation(step) is { } reservation)
        {
            return [new Work.Manual($"“{reservation}” makes its command depend on something")];
        }

        return WordsRecogniser.Recognise(step) is [var words] && Contradicts(words, work)
            ? [new Work.Manual($"its words ask for {words.Kind}, its command for {work[0].Kind}")]
            : work;
    }

    /// <summary>Adds what only the words around a command say: how long it takes, how long it waits.</summary>
    private static Work Complete(Work work, StepText step) => work switch
    {
        Work.Deploy deploy => deploy with { Expected = Durations.In(step.Prose) },
        Work.DestroyAddon destroy when Durations.DelayIn(step.Prose) is var (after, later) => destroy with { After = after, Later = later },
        _ => work,
    };

    private static bool IsHarmless(Work work) => work is Work.CheckByHand or Work.WatchLogs or Work.WatchErrors or Work.SmokeTest;

    private static bool Contradicts(Work words, Work[] commands) =>
        words is Work.MergePullRequest or Work.Deploy or Work.MaintenanceOn or Work.MaintenanceOff or Work.NotifyUsers or Work.RollBackRelease or Work.RestoreConfigVar or Work.BackUpConfigVar
        && commands.All(command => command.GetType() != words.GetType() || (words is Work.RestoreConfigVar or Work.BackUpConfigVar && command with { App = null } != words));
}
