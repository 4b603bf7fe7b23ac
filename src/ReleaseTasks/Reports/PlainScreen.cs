using ReleaseTasks.Journals;
using ReleaseTasks.Redaction;
using ReleaseTasks.Running;
using Spectre.Console;

namespace ReleaseTasks.Reports;

/// <summary>The run as plain lines, for pipes and CI: one when a step begins, one when it waits for something new, one when it ends.</summary>
internal sealed class PlainScreen(IAnsiConsole console, Redactor redactor) : IProgressScreen
{
    private readonly Dictionary<string, string> _titles = [];
    private readonly Dictionary<string, DateTimeOffset> _began = [];
    private string _lastWait = "";

    public Task WhileAsync(IReadOnlyList<(string Name, string Title)> steps, Func<Task> work)
    {
        foreach (var (name, title) in steps)
        {
            _titles[name] = title;
        }

        return work();
    }

    public void Happened(JournalLine line)
    {
        switch (line)
        {
            case StepStarted started:
                _began[started.Step] = started.At;
                Write($"  …  {started.Title}");
                break;
            case StepFinished finished:
                Write($"  ok {_titles.GetValueOrDefault(finished.Step, finished.Step)}: {finished.Evidence}{Simulated(finished)}{Took(finished)}");
                break;
            case StepFailed failed:
                Write($"  !! {_titles.GetValueOrDefault(failed.Step, failed.Step)}: {failed.Why}");
                break;
        }
    }

    public void Waiting(string step, string forWhat)
    {
        if (_lastWait != forWhat)
        {
            _lastWait = forWhat;
            Write($"     {forWhat}");
        }
    }

    public void Say(string text) => Write(text);

    private static string Simulated(StepFinished finished) => finished.Simulated ? " (simulated)" : "";

    private string Took(StepFinished finished) =>
        _began.TryGetValue(finished.Step, out var began) ? $" [{Durations.Short(finished.At - began)}]" : "";

    private void Write(string text) => console.Profile.Out.Writer.WriteLine(redactor.Clean(text));
}
