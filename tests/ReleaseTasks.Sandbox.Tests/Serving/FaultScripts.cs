using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Tests.Serving;

public sealed class FaultScripts
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private string FaultsFile => Path.Combine(_directory, "faults.json");

    [SetUp]
    public void MakeTheDirectory() => Directory.CreateDirectory(_directory);

    [TearDown]
    public void RemoveTheDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCase("PATCH /apps/*: answer after=1 times=2 status=429 retryAfter=3")]
    [TestCase("any change: cut-power after=7")]
    [TestCase("any request: delay chance=0.25 seconds=1.5")]
    [TestCase("GET /apps/sushi: set field=owner.email value=7")]
    [TestCase("release phase: hang")]
    public void Are_written_as_they_are_read(string text) => Assert.That(Fault.Parse(text).Single().ToString(), Is.EqualTo(text));

    [Test]
    public void Hold_several_faults() =>
        Assert.That(Fault.Parse("build: fail; provisioning: hang;").Select(f => (f.On, f.Do)), Is.EqualTo([("build", "fail"), ("provisioning", "hang")]));

    [Test]
    public async Task In_a_file_are_used_after_those_of_the_options()
    {
        await File.WriteAllTextAsync(FaultsFile, """
            [
              // comments and trailing commas are fine
              { "on": "GET /apps", "do": "answer", "status": 429, "retryAfter": 2 },
            ]
            """);
        await using var sandbox = await StartAsync(Fault.Parse("build: hang"));

        Assert.That(sandbox.Faults, Is.EqualTo(["build: hang — never happened", "GET /apps: answer status=429 retryAfter=2 — never happened"]));
    }

    [TestCase("""[{ "on": "GET /", "do": "hang" }, { "on": "GET /", "do": "explode" }]""", "entry 2: do 'explode' on 'GET /'", "cut-power", "hang")]
    [TestCase("""[{ "on": "release phase", "do": "answer" }]""", "entry 1: do 'answer' on 'release phase'", "delay, fail, hang")]
    [TestCase("""[{ "on": "provisoning", "do": "fail" }]""", "entry 1: on 'provisoning': no such place", "any change", "provisioning", "log stream")]
    [TestCase("""[{ "on": "GET /", "do": "hang", "wen": 3 }]""", "entry 1: wen isn't known", "after, times")]
    [TestCase("""[{ "on": "GET /", "do": "hang", "after": "x" }]""", "entry 1: after isn't known, or isn't of its kind")]
    [TestCase("""[{ "on": "GET /" }]""", "entry 1: on or do is missing")]
    [TestCase("""[null]""", "entry 1:")]
    [TestCase("""[7]""", "entry 1:")]
    [TestCase("""[{ "on": "GET /", "do": "remove" }]""", "entry 1: do 'remove': needs the field's name")]
    [TestCase("""[{ "on": "GET /", "do": "answer", "status": 42 }]""", "entry 1: status 42: must be 200 to 599")]
    [TestCase("""[{ "on": "GET /", "do": "answer", "chance": 2 }]""", "entry 1: chance:")]
    [TestCase("""[{ "on": "GET /", "do": "answer", "times": 0 }]""", "entry 1:", "times must be at least 1")]
    [TestCase("""{ "on": "GET /", "do": "hang" }""", "must be a list of faults")]
    [TestCase("""null""", "must be a list of faults")]
    [TestCase("[\n{ \"on\": }]", "isn't JSON at 2:9")]
    [TestCase("", "isn't JSON at 1:1")]
    public async Task That_cannot_be_read_name_the_file_the_entry_and_what_is_known(string json, params string[] parts)
    {
        await File.WriteAllTextAsync(FaultsFile, json);

        var message = (await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync()))!.Message;

        Assert.That(parts.Prepend(FaultsFile), Has.All.Matches<string>(part => message.Contains(part!, StringComparison.Ordinal)), message);
    }

    [TestCase("explode", "'explode': on or do is missing")]
    [TestCase("GET /: explode", "'GET /: explode': do 'explode'")]
    [TestCase("GET /: hang wen=3", "'GET /: hang wen=3': wen isn't known")]
    [TestCase("build: fail; GET /: hang after", "'GET /: hang after': after isn't known, or isn't of its kind")]
    public void In_an_argument_that_cannot_be_read_are_named(string text, string part) =>
        Assert.That(() => Fault.Parse(text), Throws.TypeOf<InvalidDataException>().With.Message.Contains(part));

    [Test]
    public async Task Outlive_the_world_when_that_is_reset()
    {
        await File.WriteAllTextAsync(FaultsFile, "[]");
        await File.WriteAllTextAsync(Path.Combine(_directory, "heroku.json"), "{}");

        SandboxServer.Reset(_directory);

        Assert.That(Directory.EnumerateFiles(_directory).Select(Path.GetFileName), Is.EquivalentTo(new[] { DirectoryLock.FileName, "faults.json" }));
    }

    private Task<SandboxServer> StartAsync(params IReadOnlyList<Fault> faults) =>
        SandboxServer.StartAsync(new SandboxOptions { Directory = _directory, Sample = false, Faults = faults }, CancellationToken.None);
}
