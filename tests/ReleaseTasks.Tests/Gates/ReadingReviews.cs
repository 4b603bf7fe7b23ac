using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;

namespace ReleaseTasks.Tests.Gates;

public sealed class ReadingReviews
{
    private static readonly CommitSha Head = CommitSha.Parse(new string('a', 40))!;
    private static readonly CommitSha Earlier = CommitSha.Parse(new string('b', 40))!;
    private static readonly Person Author = new(11, "zupo");
    private static readonly Person Lead = new(12, "dz0ny");
    private static readonly Person Stranger = new(99, "passer-by");
    private static readonly Person Bot = new(77, "robot", IsBot: true);

    // The history as GitHub's words, oldest first; '@old' is an approval of an earlier head, '@null' one whose commit GitHub has collected.
    [TestCase("", nameof(Opinion.None))]
    [TestCase("COMMENTED", nameof(Opinion.None))]
    [TestCase("PENDING", nameof(Opinion.None))]
    [TestCase("APPROVED", nameof(Opinion.Approves))]
    [TestCase("APPROVED COMMENTED", nameof(Opinion.Approves))]
    [TestCase("APPROVED PENDING", nameof(Opinion.Approves))]
    [TestCase("APPROVED@old", nameof(Opinion.Stale))]
    [TestCase("APPROVED@null", nameof(Opinion.Stale))]
    [TestCase("APPROVED@old APPROVED", nameof(Opinion.Approves))]
    [TestCase("CHANGES_REQUESTED", nameof(Opinion.Objects))]
    [TestCase("APPROVED CHANGES_REQUESTED", nameof(Opinion.Objects))]
    [TestCase("CHANGES_REQUESTED COMMENTED", nameof(Opinion.Objects))]
    [TestCase("CHANGES_REQUESTED@old", nameof(Opinion.Objects))]
    [TestCase("CHANGES_REQUESTED@old PENDING", nameof(Opinion.Objects))]
    [TestCase("CHANGES_REQUESTED APPROVED", nameof(Opinion.Approves))]
    [TestCase("DISMISSED", nameof(Opinion.None))]
    [TestCase("APPROVED DISMISSED", nameof(Opinion.None))]
    [TestCase("DISMISSED COMMENTED", nameof(Opinion.None))]
    [TestCase("DISMISSED APPROVED", nameof(Opinion.Approves))]
    [TestCase("APPLAUDED", nameof(Opinion.Unreadable))]
    [TestCase("APPROVED APPLAUDED", nameof(Opinion.Unreadable))]
    [TestCase("approved", nameof(Opinion.Unreadable))]
    public void Folds_one_persons_history_into_an_opinion(string history, string expected) =>
        Assert.That($"{Reviews.OpinionOf(History(Lead, history), Head)}", Is.EqualTo(expected));

    [Test]
    public void Lets_everybody_object_but_the_author()
    {
        Review[] reviews =
        [
            .. History(Author, "CHANGES_REQUESTED"),
            .. History(Stranger, "CHANGES_REQUESTED"),
            .. History(Bot, "CHANGES_REQUESTED"),
            .. History(null, "CHANGES_REQUESTED"),
        ];

        var blocking = Reviews.Stances(reviews, Head, Author).Where(stance => stance.Blocks).Select(stance => stance.Name);

        Assert.That(blocking, Is.EquivalentTo(new[] { "passer-by", "robot", "a deleted account" }));
    }

    [Test]
    public void Does_not_let_one_deleted_account_speak_for_another()
    {
        var stances = Reviews.Stances(History(null, "CHANGES_REQUESTED APPROVED"), Head, Author);

        Assert.That(stances.Count(stance => stance.Blocks), Is.EqualTo(1));
    }

    [Test]
    public void Knows_a_person_whose_login_changed()
    {
        Review[] reviews = [new(new(12, "old-name"), "CHANGES_REQUESTED", Head), new(new(12, "DZ0NY"), "APPROVED", Head)];

        var stance = Reviews.Stances(reviews, Head, Author).Single();

        Assert.That(stance.Opinion, Is.EqualTo(Opinion.Approves));
    }

    internal static IEnumerable<Review> History(Person? reviewer, string history) =>
        from word in history.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let parts = word.Split('@')
        select new Review(reviewer, parts[0], parts.ElementAtOrDefault(1) switch { "old" => Earlier, "null" => null, _ => Head });
}
