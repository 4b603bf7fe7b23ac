using System.Text.Json;
using ReleaseTasks.Journals;
using ReleaseTasks.Redaction;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Running;

/// <summary>Carries out steps, forwards and back: observe, journal, apply, read back, journal. The only loop that changes the world.</summary>
/// <param name="copy">Brings the journal's copy up to date; no effect begins before.</param>
/// <param name="usual">The deadline of steps that have none of their own.</param>
internal sealed class StepRunner(Journal journal, Func<IStep, CancellationToken, Task> copy, IProgressScreen screen, TimeSpan usual, TimeProvider time)
{
    /// <summary>An effect whose answer was lost shows within this time, or it is taken not to have happened.</summary>
    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(20);

    /// <summary>What the step in hand was last seen waiting for.</summary>
    private string? _waiting;

    public async Task RunAsync(IStep step, CancellationToken ct)
    {
        if (journal.State.HasFinished(step.Name))
        {
            return;
        }

        ct.ThrowIfCancellationRequested();
        _waiting = null;
        var limit = step.Deadline ?? usual;
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            var reading = await DoAsync(step, either.Token);
            journal.Write(new StepFinished(step.Name, JournalFormat.ToElement(reading.After), reading.Evidence, reading.Simulated));
        }
        catch (Exception e) when (ct.IsCancellationRequested && e is not JournalException)
        {
            // Whatever a request says that was broken off: what came of it is looked up by the run that goes on.
            throw new OperationCanceledException(e.Message, e, ct);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested)
        {
            throw Failure(step, new TimeoutException($"not done within {limit}: {_waiting ?? "no answer came"}. The same command looks what became of it.", e));
        }
        catch (Exception e) when (e is not (WaitingException or JournalException))
        {
            throw Failure(step, e);
        }
    }

    private async Task<Reading.Done> DoAsync(IStep step, CancellationToken ct)
    {
        var resumed = journal.State.Find(step.Name);
        var before = resumed is null ? await BeginAsync(step, ct) : await RecallAsync(step, resumed, ct);

        // A step that was begun earlier may have had its effect already: look before doing it again.
        if (resumed is not null && await step.ReadBackAsync(before, ct) is Reading.Done done)
        {
            return done;
        }

        await copy(step, ct);
        await ApplyAsync(step, before, ct);
        return await ReadBackAsync(step, before, ct);
    }

    private async Task<JsonElement> BeginAsync(IStep step, CancellationToken ct)
    {
        var observation = await step.ObserveAsync(ct);
        journal.Write(new StepStarted(step.Name, step.Title, observation.Before) { OnlyReads = step.OnlyReads });
        return observation.Before;
    }

    /// <summary>
    /// What was observed when the step was begun. Where it is masked here, it may be what can still be observed: such as a plan's words.
    /// </summary>
    private async Task<JsonElement> RecallAsync(IStep step, StepRecord resumed, CancellationToken ct)
    {
        if (resumed.WholeBefore is not { } reference)
        {
            return resumed.Before;
        }

        var observed = (await step.ObserveAsync(ct)).Before;
        return journal.IsReferredTo(observed, reference) ? observed : throw resumed.NotWhole();
    }

    private async Task ApplyAsync(IStep step, JsonElement before, CancellationToken ct)
    {
        try
        {
            await step.ApplyAsync(before, ct);
        }
        catch (Exception e) when (Outcomes.IsUnknown(e, ct))
        {
            screen.Waiting(step.Name, "the answer was lost: looking whether it was done");
            if (await WaitAsync(step, before, ProbeTime, until: r => r is not Reading.NotYet { UnderWay: false }, ct) is Reading.NotYet { UnderWay: false })
            {
                throw new StepFailedException($"the answer was lost, and {ProbeTime.TotalSeconds:0} s later nothing shows that it was done ({ForeignText.WordsOf(e)}).", e);
            }
        }
    }

    private async Task<Reading.Done> ReadBackAsync(IStep step, JsonElement before, CancellationToken ct) =>
        await WaitAsync(step, before, TimeSpan.MaxValue, until: r => r is not Reading.NotYet, ct) switch
        {
            Reading.Done done => done,
            Reading.Failed failed => throw new StepFailedException(failed.Why),
            _ => throw new InvalidOperationException("A reading is done, not yet, or failed."),
        };

    /// <summary>Reads back until it is as wanted, or the time is up: then the last reading is returned as it is.</summary>
    private async Task<Reading> WaitAsync(IStep step, JsonElement before, TimeSpan limit, Predicate<Reading> until, CancellationToken ct)
    {
        var begun = time.GetTimestamp();
        foreach (var pause in Pauses())
        {
            var reading = await step.ReadBackAsync(before, ct);
            if (until(reading) || time.GetElapsedTime(begun) >= limit)
            {
                return reading;
            }

            _waiting = ((Reading.NotYet)reading).Waiting;
            screen.Waiting(step.Name, _waiting);
            await Task.Delay(pause, time, ct);
        }

        throw new InvalidOperationException("Pauses have no end.");
    }

    /// <summary>Quick at first, then every 5 seconds: what takes hours must not eat the hourly allowance of requests.</summary>
    private static IEnumerable<TimeSpan> Pauses()
    {
        for (var pause = 0.1; ; pause = Math.Min(2 * pause, 5))
        {
            yield return TimeSpan.FromSeconds(pause);
        }
    }

    private StepFailedException Failure(IStep step, Exception e)
    {
        if (journal.State.Find(step.Name) is not null)
        {
            journal.Write(new StepFailed(step.Name, ForeignText.WordsOf(e)));
        }

        return new StepFailedException($"{step.Title}: {ForeignText.WordsOf(e)}", e);
    }
}
