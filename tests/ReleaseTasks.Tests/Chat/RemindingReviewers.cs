using ReleaseTasks.Chat;
using ReleaseTasks.GitHub;

namespace ReleaseTasks.Tests.Chat;

public sealed class RemindingReviewers
{
    private static readonly CommitSha Head = CommitSha.Parse(new string('a', 40))!;
    private static readonly Person Author = new(11, "zupo");
    private static readonly Person Dz0ny = new(12, "dz0ny");
    private static readonly string[] Leads = ["zupo", "dz0ny", "karantan"];

    /// <summary>Monday, 09:00 in Ljubljana.</summary>
    private static readonly DateTimeOffset Asked = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static readonly PullRequest Open = new()
    {
        Number = 3, Title = "x", State = PullRequestState.Open, Author = Author, Head = Head, HeadRef = "x", BaseRef = "master", Url = new("https://github.com/3"),
    };

    [TestCase("2026-11-23T10:59:00Z", null)]
    [TestCase("2026-11-23T11:00:00Z", ReminderStage.Channel)]
    [TestCase("2026-11-23T13:59:00Z", ReminderStage.Channel)]
    [TestCase("2026-11-23T14:00:00Z", ReminderStage.PrivateMessage)]
    [TestCase("2026-11-23T23:00:00Z", ReminderStage.PrivateMessage, Description = "nobody works at midnight")]
    [TestCase("2026-11-24T07:59:00Z", ReminderStage.PrivateMessage)]
    [TestCase("2026-11-24T08:00:00Z", ReminderStage.StandUp)]
    public void Climbs_the_ladder_by_working_hours(string now, ReminderStage? stage) =>
        Assert.That(Due(Open, DateTimeOffset.Parse(now, null))?.Stage, Is.EqualTo(stage));

    [Test]
    public void Leaves_people_alone_over_the_weekend()
    {
        var friday = new DateTimeOffset(2026, 11, 20, 14, 0, 0, TimeSpan.Zero); // 15:00
        var monday = new DateTimeOffset(2026, 11, 23, 7, 30, 0, TimeSpan.Zero); // 08:30

        Assert.That(Reminders.Due(Open, [], [], friday, Leads, new(), monday), Is.Null);
    }

    [Test]
    public void Asks_the_leading_developers_who_have_not_decided_and_who_was_asked_again()
    {
        var found = Open with { RequestedReviewers = [new(14, "gurvankervern"), new(13, "Karantan")] };

        Assert.That(Due(found, Asked.AddHours(4), new Review(Dz0ny, "APPROVED", Head, Asked.AddHours(-1)))!.People, Is.EqualTo(new[] { "karantan", "gurvankervern" }));
    }

    [Test]
    public void Is_content_with_any_feedback_by_someone_else()
    {
        Comment By(Person person) => new(1, person, "hm", Asked.AddHours(1), new("https://github.com/c"));

        Assert.That(Reminders.Due(Open, [], [By(Dz0ny)], Asked, Leads, new(), Asked.AddHours(4)), Is.Null);
        Assert.That(Reminders.Due(Open, [], [By(Author)], Asked, Leads, new(), Asked.AddHours(4)), Is.Not.Null);
        Assert.That(Reminders.Due(Open, [], [By(new(77, "robot", IsBot: true))], Asked, Leads, new(), Asked.AddHours(4)), Is.Not.Null);
    }

    [Test]
    public void Says_nothing_of_work_in_progress_or_what_is_merged()
    {
        Assert.That(Due(Open with { IsDraft = true }, Asked.AddHours(4)), Is.Null);
        Assert.That(Due(Open with { State = PullRequestState.Merged }, Asked.AddHours(4)), Is.Null);
    }

    private static Reminder? Due(PullRequest found, DateTimeOffset now, params Review[] reviews) => Reminders.Due(found, reviews, [], Asked, Leads, new(), now);
}
