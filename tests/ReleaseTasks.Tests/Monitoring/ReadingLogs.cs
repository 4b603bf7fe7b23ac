using ReleaseTasks.Monitoring;

namespace ReleaseTasks.Tests.Monitoring;

public sealed class ReadingLogs
{
    private static readonly DateTimeOffset Released = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    [Test]
    public void Reads_the_fields_of_a_line()
    {
        var line = Log("heroku[router]: at=error code=H12 desc=\"Request timeout\" method=GET path=\"/\" dyno=web.1 status=503").Single();

        Assert.Multiple(() =>
        {
            Assert.That((line.Source, line.Process), Is.EqualTo(("heroku", "router")));
            Assert.That(line.Field("code"), Is.EqualTo("H12"));
            Assert.That(line.Field("desc"), Is.EqualTo("Request timeout"));
            Assert.That(line.Field("nothing"), Is.Null);
        });
    }

    [TestCase("heroku[router]: at=error code=H10 desc=\"App crashed\" status=503", "H10", Sign.Bad)]
    [TestCase("heroku[router]: sock=backend at=error code=H18 desc=\"Server Request Interrupted\"", "H18", Sign.Bad)]
    [TestCase("heroku[router]: at=error code=H27 desc=\"Client Request Interrupted\"", "H27", Sign.None)]
    [TestCase("heroku[router]: at=error code=H99 desc=\"Platform error\"", "H99", Sign.Doubt)]
    [TestCase("heroku[web.1]: Error R10 (Boot timeout) -> Web process failed to bind to $PORT", "R10", Sign.Bad)]
    [TestCase("heroku[worker.1]: Error R14 (Memory quota exceeded)", "R14", Sign.Bad)]
    [TestCase("heroku[worker.1]: Error R99 (Platform error)", "R99", Sign.Doubt)]
    [TestCase("heroku[logplex]: Error L10 (output buffer overflow): 500 messages dropped since 2026-11-23T09:59:00Z.", "L10", Sign.Doubt)]
    [TestCase("app[logplex]: Error L11 (Tail buffer overflow)", "L11", Sign.Doubt)]
    [TestCase("heroku[web.1]: Error L12 (Local buffer overflow)", "L12", Sign.Doubt)]
    [TestCase("heroku[router]: at=error code=H77 desc=\"Something new\"", "H77", Sign.Bad)]
    public void Knows_what_a_code_says_of_the_release(string line, string code, Sign sign)
    {
        var finding = LogReading.Findings(Log(line), Released, openSince: Released).Single();

        Assert.That((finding.Code, finding.Sign), Is.EqualTo((code, sign)));
    }

    [TestCase("app[web.1]: Error R14 (Memory quota exceeded), says our own documentation page")]
    [TestCase("app[web.1]: at=error code=H12")]
    [TestCase("heroku[router]: at=info method=GET path=\"/H12?code=H12\" status=200")]
    [TestCase("heroku[web.1]: State changed from starting to up")]
    [TestCase("heroku[web.1]: Starting process with command `Error R10`")]
    public void Is_not_fooled_by_words_that_look_like_a_code(string line) =>
        Assert.That(LogReading.Findings(Log(line), Released, Released), Is.Empty);

    [TestCase(null, Sign.None)]
    [TestCase(10, Sign.None)]
    [TestCase(-10, Sign.Bad)]
    public void Expects_the_maintenance_page_only_while_maintenance_is_on(int? opensAfterSeconds, Sign sign)
    {
        var openSince = opensAfterSeconds is { } seconds ? Released.AddSeconds(seconds) : (DateTimeOffset?)null;

        var finding = LogReading.Findings(
            Log(
                "heroku[router]: at=info code=H80 desc=\"Maintenance mode\"",
                "heroku[router]: at=error code=H80 desc=\"Maintenance mode\""),
            Released,
            openSince);

        Assert.That(finding.Select(one => one.Sign), Is.EqualTo(new[] { sign, sign }));
    }

    [Test]
    public void Leaves_out_what_is_older_than_the_release() =>
        Assert.That(LogReading.Findings(Log("heroku[web.1]: Error R14 (Memory quota exceeded)"), Released.AddSeconds(1), null), Is.Empty);

    [Test]
    public void Puts_a_traceback_together_though_another_process_talks_in_between()
    {
        var log = Log(
            "app[web.1]: [ERROR] Exception on /users: Traceback (most recent call last):",
            "app[web.2]: Traceback (most recent call last):",
            "app[web.1]:   File \"app.py\", line 3, in <module>",
            "app[worker.1]: all is well",
            "app[web.2]:   File \"b.py\", line 9, in f",
            "app[web.1]: KeyError: 'username'",
            "app[web.2]: ValueError: no");

        var findings = LogReading.Findings(log, Released, null);

        Assert.That(findings.Select(finding => (finding.Code, finding.Line.Process, finding.Detail)), Is.EqualTo(new[]
        {
            ("traceback", "web.1", "KeyError: 'username'"), ("traceback", "web.2", "ValueError: no"),
        }));
    }

    [Test]
    public void Counts_a_traceback_whose_end_is_missing()
    {
        var findings = LogReading.Findings(
            Log("app[web.1]: Traceback (most recent call last):", "app[web.1]:   File \"app.py\""),
            Released,
            null);

        Assert.That(findings.Single().Detail, Is.EqualTo("(its end is missing)"));
    }

    [TestCase("app[api]: Release v52 created by user jim@example.com", ExpectedResult = true)]
    [TestCase("app[api]: Release v51 created by user jim@example.com", ExpectedResult = false)]
    [TestCase("app[api]: Release v521 created by user jim@example.com", ExpectedResult = false)]
    [TestCase("heroku[web.1]: State changed from starting to up", ExpectedResult = true)]
    [TestCase("heroku[web.1]: State changed from up to starting", ExpectedResult = false)]
    [TestCase("app[web.1]: State changed from starting to up", ExpectedResult = false)]
    public bool Finds_the_sign_that_it_is_the_right_log(string line) => LogReading.ShowsRelease(Log(line), 52, Released);

    internal static IReadOnlyList<LogLine> Log(params string[] lines) =>
        [.. lines.Select(line => Line(Cake.Heroku.LogLine.Parse($"2026-11-23T10:00:00.000000+00:00 {line}")))];

    private static LogLine Line(Cake.Heroku.LogLine line) => new(line.Time!.Value, line.Source, line.Process, line.Text);
}
