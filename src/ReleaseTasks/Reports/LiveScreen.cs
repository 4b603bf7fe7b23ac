using ReleaseTasks.Journals;
using ReleaseTasks.Redaction;
using ReleaseTasks.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ReleaseTasks.Reports;

/// <summary>The run as a list of steps that follows what happens, with elapsed time, for a person at a terminal.</summary>
internal sealed class LiveScreen(IAnsiConsole console, Redactor redactor, TimeProvider time) : IProgressScreen
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(120);
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly Lock _lock = new();
    private readonly List<Row> _rows = [];
    private int _tick;

    public async Task WhileAsync(IReadOnlyList<(string Name, string Title)> steps, Func<Task> work)
    {
        lock (_lock)
        {
            _rows.Clear();
            _rows.AddRange(steps.Select(step => new Row(step.Name, step.Title)));
        }

        await console.Live(Picture()).StartAsync(async live =>
        {
            var running = work();
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(Refresh, time));
                live.UpdateTarget(Picture());
            }

            await running;
        });
    }

    public void Happened(JournalLine line)
    {
        lock (_lock)
        {
            switch (line)
            {
                case StepStarted started:
                    Find(started.Step)?.Begin(started.At);
                    break;
                case StepFinished finished:
                    Find(finished.Step)?.End("[green]✓[/]", finished.Evidence + (finished.Simulated ? " (simulated)" : ""), finished.At);
                    break;
                case StepFailed failed:
                    Find(failed.Step)?.End("[red]✗[/]", failed.Why, failed.At);
                    break;
            }
        }
    }

    public void Waiting(string step, string forWhat)
    {
        lock (_lock)
        {
            Find(step)?.Note(forWhat, time.GetUtcNow());
        }
    }

    public void Say(string text) => console.WriteLine(redactor.Clean(text));

    private Row? Find(string step) => _rows.Find(row => row.Name == step);

    private IRenderable Picture()
    {
        lock (_lock)
        {
            _tick++;
            var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn().AddColumn(new GridColumn().NoWrap().RightAligned()).AddColumn();
            foreach (var row in _rows)
            {
                var elapsed = row.Began is { } began ? Durations.Short((row.Ended ?? time.GetUtcNow()) - began) : "";
                grid.AddRow(new Markup(row.Mark ?? (row.Began is null ? "[grey]·[/]" : Spinner[_tick % Spinner.Length])), Text(row.Title), Text(elapsed), Text(row.Remark));
            }

            return grid;
        }
    }

    private Text Text(string text) => new(redactor.Clean(text));

    private sealed class Row(string name, string title)
    {
        public string Name => name;

        public string Title => title;

        public DateTimeOffset? Began { get; private set; }

        public DateTimeOffset? Ended { get; private set; }

        public string? Mark { get; private set; }

        public string Remark { get; private set; } = "";

        public void Begin(DateTimeOffset at) => Began = at;

        public void Note(string remark, DateTimeOffset at)
        {
            Began ??= at;
            Remark = remark;
        }

        public void End(string mark, string remark, DateTimeOffset at) => (Mark, Remark, Ended) = (mark, remark, at);
    }
}
