using ReleaseTasks.Monitoring;

namespace ReleaseTasks.Tests.Monitoring;

public sealed class Judging
{
    private static readonly DateTimeOffset Released = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
    private static readonly TrackedError Broken = new("SUSHI-7", "KeyError: 'username'", 12, 3, "https://sentry.io/7", IsRegression: false);

    [TestCase("", Verdict.Inconclusive)]
    [TestCase("None", Verdict.Inconclusive)]
    [TestCase("Good", Verdict.Good)]
    [TestCase("Good None", Verdict.Good)]
    [TestCase("Good Good", Verdict.Good)]
    [TestCase("Good Doubt", Verdict.Inconclusive)]
    [TestCase("Doubt", Verdict.Inconclusive)]
    [TestCase("Bad", Verdict.Bad)]
    [TestCase("Good Bad", Verdict.Bad)]
    [TestCase("Doubt Bad", Verdict.Bad)]
    public void Needs_a_good_sign_and_no_doubt(string signs, Verdict expected)
    {
        var observations = signs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(sign => new Observation("x", Enum.Parse<Sign>(sign), ""));

        Assert.That(Evidence.Weigh(observations), Is.EqualTo(expected));
    }

    [TestCase(new[] { "app[api]: Release v52 created by jim" }, null, Verdict.Good)]
    [TestCase(new string[0], null, Verdict.Inconclusive)]
    [TestCase(new[] { "app[web.1]: hello" }, null, Verdict.Inconclusive)]
    [TestCase(new[] { "app[api]: Release v52 created by jim" }, "lines are missing", Verdict.Inconclusive)]
    [TestCase(new[] { "app[api]: Release v52 created by jim", "heroku[logplex]: Error L10 (output buffer overflow)" }, null, Verdict.Inconclusive)]
    [TestCase(new[] { "app[api]: Release v52 created by jim", "heroku[router]: at=error code=H27" }, null, Verdict.Good)]
    [TestCase(new[] { "app[api]: Release v52 created by jim", "heroku[router]: at=error code=H99" }, null, Verdict.Inconclusive)]
    [TestCase(new[] { "app[api]: Release v52 created by jim", "heroku[router]: at=error code=H10" }, null, Verdict.Bad)]
    [TestCase(new[] { "heroku[router]: at=error code=H10" }, "lines are missing", Verdict.Bad)]
    public void Takes_a_log_without_errors_for_good_news_only_where_it_shows_the_release(string[] lines, string? gap, Verdict expected) =>
        Assert.That(Evidence.Weigh(Evidence.Of(new LogExcerpt(ReadingLogs.Log(lines), gap), 52, Released, Released)), Is.EqualTo(expected));

    [Test]
    public void Tells_alike_findings_once_and_how_many()
    {
        var log = new LogExcerpt(ReadingLogs.Log("heroku[router]: at=error code=H12 path=/a", "heroku[router]: at=error code=H12 path=/b", "app[api]: Release v52 created by jim"));

        Assert.That(Evidence.Of(log, 52, Released, Released).Select(one => one.Detail), Is.EqualTo(new[]
        {
            "2 × H12, request timeout: slow queries, locks; first at 10:00:00 router: at=error code=H12 path=/a", "the start of v52 is in it.",
        }));
    }

    [Test]
    public void Takes_silence_of_the_error_tracker_for_a_doubt()
    {
        Assert.That(Evidence.Weigh(Evidence.Of(new ErrorReading.Unknown("nothing arrived"))), Is.EqualTo(Verdict.Inconclusive));
        Assert.That(Evidence.Weigh(Evidence.Of(new ErrorReading.Read([]))), Is.EqualTo(Verdict.Good));
        Assert.That(Evidence.Weigh(Evidence.Of(new ErrorReading.Read([Broken]))), Is.EqualTo(Verdict.Bad));
    }
}
