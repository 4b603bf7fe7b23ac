using ReleaseTasks.Journals;
using ReleaseTasks.Redaction;
using ReleaseTasks.Running;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Tests.Running;

public sealed class Carrying_out_a_step
{
    private string _folder = "";
    private Light _light = new();

    [SetUp]
    public void Begin()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
        _light = new();
    }

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Journals_what_it_found_before_it_changes_anything()
    {
        _light.OnApply = () => Assert.That(Journal.Read(JournalPath).Find("light")!.BeforeAs<Light.Before>().WasOn, Is.False);

        await RunAsync();

        Assert.That(_light.IsOn, Is.True);
        Assert.That(Journal.Read(JournalPath).HasFinished("light"), Is.True);
    }

    [Test]
    public async Task Does_nothing_twice()
    {
        await RunAsync();
        await RunAsync();

        Assert.That(_light.Applied, Is.EqualTo(1));
    }

    [Test]
    public async Task Keeps_what_it_found_first_when_it_is_resumed()
    {
        _light.OnApply = () => throw new InvalidOperationException("power cut");
        Assert.That(RunAsync, Throws.TypeOf<StepFailedException>());
        _light.OnApply = () => { };
        _light.IsOn = true;

        await RunAsync();

        Assert.That(Journal.Read(JournalPath).Find("light")!.BeforeAs<Light.Before>().WasOn, Is.False);
        Assert.That(_light.Applied, Is.Zero, "it was on already: nothing had to be done again");
    }

    [Test]
    public async Task Looks_whether_it_was_done_when_the_answer_is_lost()
    {
        _light.OnApplied = () => throw new HttpRequestException("connection reset");

        await RunAsync();

        Assert.That(_light.Applied, Is.EqualTo(1));
        Assert.That(Journal.Read(JournalPath).HasFinished("light"), Is.True);
    }

    [Test]
    public void Fails_with_what_was_read_back_and_not_with_what_was_asked()
    {
        _light.Broken = true;

        Assert.That(RunAsync, Throws.TypeOf<StepFailedException>().With.Message.EqualTo("Switch the light on: the bulb is broken"));
        Assert.That(Journal.Read(JournalPath).Find("light")!.Failure, Is.EqualTo("the bulb is broken"));
    }

    [Test]
    public void Stops_before_a_step_when_it_is_told_to()
    {
        Assert.That(() => RunAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_light.Applied, Is.Zero);
    }

    private string JournalPath => Path.Combine(_folder, "journal.jsonl");

    private Task RunAsync() => RunAsync(CancellationToken.None);

    private async Task RunAsync(CancellationToken ct)
    {
        using var journal = Journal.Open(JournalPath, TimeProvider.System, new Redactor(), text => text);
        await new StepRunner(journal, (_, _) => Task.CompletedTask, new SilentScreen(), TimeSpan.FromMinutes(1), TimeProvider.System).RunAsync(_light, ct);
    }

    private sealed class Light : Step<Light.Before>
    {
        public bool IsOn { get; set; }

        public bool Broken { get; set; }

        public int Applied { get; private set; }

        public Action OnApply { get; set; } = () => { };

        public Action OnApplied { get; set; } = () => { };

        public override string Name => "light";

        public override string Title => "Switch the light on";

        protected override Task<Before> ObserveAsync(CancellationToken ct) => Task.FromResult(new Before(IsOn));

        protected override string Effect(Before before) => "light → on";

        protected override Task ApplyAsync(Before before, CancellationToken ct)
        {
            OnApply();
            Applied++;
            IsOn = !Broken;
            OnApplied();
            return Task.CompletedTask;
        }

        protected override Task<Reading> ReadBackAsync(Before before, CancellationToken ct) => Task.FromResult<Reading>(
            Broken && Applied > 0 ? new Reading.Failed("the bulb is broken")
            : IsOn ? new Reading.Done(new { }, "it is on")
            : new Reading.NotYet("it is off"));

        internal sealed record Before(bool WasOn);
    }

    private sealed class SilentScreen : IProgressScreen
    {
        public Task WhileAsync(IReadOnlyList<(string Name, string Title)> steps, Func<Task> work) => work();

        public void Happened(JournalLine line)
        {
        }

        public void Waiting(string step, string forWhat)
        {
        }

        public void Say(string text)
        {
        }
    }
}
