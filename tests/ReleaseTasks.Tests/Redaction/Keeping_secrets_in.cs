using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Chat;
using ReleaseTasks.Journals;
using ReleaseTasks.Redaction;
using ReleaseTasks.Reports;
using Spectre.Console;

namespace ReleaseTasks.Tests.Redaction;

/// <summary>Ten thousand lines that quote an app's config vars in every way, sent to every sink: none of them gets out.</summary>
public sealed class Keeping_secrets_in
{
    private const int Lines = 10_000;
    private const int Seed = 20261126;

    private readonly Secrets _secrets = new(Seed);
    private readonly Redactor _redactor = new();
    private IReadOnlyList<Quotation> _quotations = [];

    [OneTimeSetUp]
    public void Quote_them()
    {
        TestContext.Progress.WriteLine($"Secrets are made with seed {Seed}.");
        _redactor.Name("sushi", "zupo/sushi", "master");
        _redactor.Learn(_secrets.Held);
        _redactor.Learn(Secrets.Ordinary);
        _quotations = [.. Enumerable.Range(0, Lines).Select(_ => _secrets.Quote())];
    }

    [Test]
    public void From_the_screen_of_pipes()
    {
        var printed = Printed(console => new PlainScreen(console, _redactor));

        Assert.That(new Output(printed).Hits(_quotations), Is.Empty);
        Assert.That(printed, Does.Contain("[REDACTED]").And.Contain("ValueError"));
    }

    [Test]
    public void From_the_screen_of_terminals()
    {
        var printed = Printed(console => new LiveScreen(console, _redactor, TimeProvider.System));

        Assert.That(new Output(printed).Hits(_quotations), Is.Empty);
        Assert.That(printed, Does.Contain("[REDACTED]"));
    }

    [Test]
    public void From_the_journal_and_so_from_its_copy()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "sushi-pr3", "journal.jsonl");
            using var journal = Journal.Open(path, new FakeTimeProvider(), _redactor, new Fingerprint("an app's id").Of);
            foreach (var some in _quotations.Chunk(500))
            {
                string[] lines = [.. some.Select(one => one.Line)];
                var all = string.Join('\n', lines);
                journal.Write(new RolloutStarted(RolloutId.Parse("sushi-pr3"), "sushi", 3, null, all, "zupo", "laptop"));
                journal.Write(new GatesOpened(lines));
                journal.Write(new StepStarted("run:20", all, JournalFormat.ToElement(new { command = lines })));
                journal.Write(new StepFailed("run:20", all));
                journal.Write(new StepFinished("run:20", JournalFormat.ToElement(new { lines }), all, Simulated: false));
                journal.Write(new Stopped(all));
                journal.Write(new Verified("bad", lines));
                journal.Write(new RollbackStarted("zupo", "laptop", UndoDecision.Nothing with { Losses = lines }));
                journal.Write(new RollbackFinished(lines));
                journal.Write(new Unlocked(all, "zupo", "laptop"));
            }

            Assert.That(new Output(journal.Text).Hits(_quotations), Is.Empty, "as it stands there");
            Assert.That(new Output(Texts(journal.Text)).Hits(_quotations), Is.Empty, "as JSON has it");
            Assert.That(File.ReadAllText(journal.Path), Is.EqualTo(journal.Text), "what the copy gets is what is on the disk");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public async Task From_the_chat()
    {
        var said = new StringBuilder();
        var notifier = new CleanNotifier(new Listener(said), _redactor.Clean);

        foreach (var one in _quotations)
        {
            await notifier.NotifyAsync(new Recipient.Team(), one.Line, default);
        }

        Assert.That(new Output(said.ToString()).Hits(_quotations), Is.Empty);
        Assert.That(said.ToString(), Does.Contain("[REDACTED]"));
    }

    [Test]
    public void From_JSON_which_stays_JSON()
    {
        var content = new { lines = _quotations.Select(one => one.Line), bytes = 100_000, done = true, nothing = (string?)null };
        var document = JsonSerializer.Serialize(content, ForMachines.Json);
        _redactor.Learn([new("BYTES_KEY", "100000")]);

        var clean = _redactor.CleanDocument(document, ForMachines.Json);

        Assert.That(new Output(clean).Hits(_quotations), Is.Empty);
        Assert.That(new Output(Texts(clean)).Hits(_quotations), Is.Empty);
        Assert.That(JsonNode.Parse(clean)!["bytes"]!.GetValue<int>(), Is.EqualTo(100_000));
        Assert.That(JsonNode.Parse(clean)!["lines"]!.AsArray(), Has.Count.EqualTo(Lines));
    }

    [Test]
    public void From_a_graph()
    {
        var preview = new Preview
        {
            Rollout = "sushi-pr3",
            Source = "#3",
            Steps = [.. _quotations.Select(one => new PreviewedStep(null, null, one.Line, "", PreviewedState.Open))],
            Gates = [],
            Expected = TimeSpan.Zero,
            Window = new(IsOpen: true, ""),
            Beside = [],
        };

        var graph = PreviewMermaid.Write(preview, _redactor.Clean);

        Assert.That(new Output(graph).Hits(_quotations), Is.Empty);
        var halves = _quotations.Where(one => one.Spelt.Length > 40).Select(one => one.Spelt[..20]);
        Assert.That(halves.Where(half => graph.Contains(half, StringComparison.Ordinal)), Is.Empty, "nor what a label has room for");
    }

    [Test]
    public void From_what_was_quoted_before_it_was_known_to_be_secret()
    {
        var quoted = string.Join('\n', _quotations.Select(one => _redactor.Clean(ForeignText.Quote(one.Line))));

        Assert.That(new Output(quoted).Hits(_quotations), Is.Empty);
    }

    [Test]
    public void And_it_would_be_seen_if_one_did()
    {
        var open = new Redactor();

        var said = string.Join('\n', _quotations.Select(one => open.Clean(one.Line)));

        Assert.That(new Output(said).Hits(_quotations).Count(), Is.GreaterThan(500));
    }

    [Test]
    public void In_time_that_grows_with_the_text_and_with_nothing_else()
    {
        var line = "2026-11-22T10:00:00.123456+00:00 app[web.1]: GET https://sushi.example.com/users/42?page=7 status=200 \"ok\" 100%\n";
        var text = string.Concat(Enumerable.Repeat(line, 1_000_000 / line.Length));
        string[] nasty = ["a", "k7w3m9", "k7w3m9q2x8v4n6p5r2t7y9z", "eyJ", "://a:", "\\", "%25", "\n ", "-----B"];

        Assert.That(Quickest(text), Is.LessThan(TimeSpan.FromMilliseconds(100)));
        foreach (var one in nasty)
        {
            Assert.That(Quickest(Times(one)), Is.LessThan(TimeSpan.FromSeconds(1)), one);
        }
    }

    private static string Times(string text) => string.Concat(Enumerable.Repeat(text, 1_000_000 / text.Length));

    /// <summary>The machine may be busy with something else; it isn't in every one of ten.</summary>
    private TimeSpan Quickest(string text) => Enumerable.Range(0, 10).Min(_ =>
    {
        var begun = Stopwatch.GetTimestamp();
        _redactor.Clean(text);
        return Stopwatch.GetElapsedTime(begun);
    });

    private string Printed(Func<IAnsiConsole, ReleaseTasks.Running.IProgressScreen> on)
    {
        using var printed = new StringWriter();
        var output = new AnsiConsoleOutput(printed);
        var screen = on(AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = output }));
        foreach (var one in _quotations)
        {
            screen.Say(one.Line);
        }

        return printed.ToString();
    }

    /// <summary>Every text of every line, unescaped.</summary>
    private static string Texts(string json)
    {
        var texts = new StringBuilder();
        var isOne = json.StartsWith("{\n", StringComparison.Ordinal);
        var documents = isOne ? [json] : json.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in documents)
        {
            JsonTexts.Change(JsonNode.Parse(line)!, text =>
            {
                texts.AppendLine(text);
                return text;
            });
        }

        return texts.ToString();
    }

    private sealed class Listener(StringBuilder said) : INotifier
    {
        public string Name => "a listener";

        public Task<Notification> NotifyAsync(Recipient recipient, string text, CancellationToken ct)
        {
            said.AppendLine(text);
            return Task.FromResult<Notification>(new Notification.Sent());
        }
    }
}
