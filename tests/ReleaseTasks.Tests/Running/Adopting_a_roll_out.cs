using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;
using ReleaseTasks.Journals;
using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Running;

public sealed class Adopting_a_roll_out
{
    private static readonly RolloutId Id = RolloutId.Parse("sushi-pr3");
    private static readonly Person Zupo = new(1, "zupo");
    private static readonly Person Lea = new(2, "lea");
    private static readonly CommitSha Head = CommitSha.Parse(new string('1', 40))!;

    private static readonly JournalLine[] Begun =
        [new RolloutStarted(Id, "sushi", 3, Head.ToString(), "", "", ""), new StepStarted("merge", "", JournalFormat.ToElement(new { }))];

    private static readonly JournalLine[] Merged = [.. Begun, new StepFinished("merge", JournalFormat.ToElement(new { }), "", false)];

    [Test]
    public void Asks_every_gate_until_something_was_changed() =>
        Assert.That(Gates(Recollection.None(Id), Pull()), Is.EqualTo(Gatekeeper.RollOut));

    [TestCase(true)]
    [TestCase(false)]
    public void Asks_every_gate_until_the_merge_was_read_back(bool isKnownHere) =>
        Assert.That(Gates(Known(isKnownHere ? Begun : [], Begun), Pull()), Is.EqualTo(Gatekeeper.RollOut));

    [Test]
    public void Asks_none_again_where_this_checkout_knows_it() => Assert.That(Gates(Known(journal: Merged, copy: Merged), Pull()), Is.Empty);

    [Test]
    public void Asks_those_about_people_where_it_does_not() =>
        Assert.That(Gates(Known([], Merged), Pull()).Select(gate => gate.Name), Is.EqualTo(["head", "objections", "approved", "author"]));

    [Test]
    public void Asks_none_where_github_says_that_the_author_merged_this_head()
    {
        var merged = Pull() with { State = PullRequestState.Merged, MergedBy = Zupo };

        Assert.That(Gates(Known([], Merged), merged), Is.Empty);
        Assert.That(Gates(Known([], Begun), merged), Is.Empty, "the answer to the merge was lost");
        Assert.That(Gates(Known([], Merged), merged with { MergedBy = Lea }), Is.Not.Empty);
        Assert.That(Gates(Known([], Merged), merged with { Head = CommitSha.Parse(new string('2', 40))! }), Is.Not.Empty);
    }

    [Test]
    public void Asks_none_where_it_is_over()
    {
        Assert.That(Gates(Known([], [.. Merged, new RolloutFinished()]), Pull()), Is.Empty);
        Assert.That(Gates(Known([], [.. Begun, new RollbackStarted("", "")]), Pull()), Is.Empty);
    }

    [Test]
    public void Trusts_of_evidence_only_what_this_checkout_knew() =>
        Assert.That(Known(Begun[..1], Begun, "nobody signed it"), Has.Property("IsEvidence").True.And.Property("Trusted").Property("HasTouchedTheWorld").False);

    [Test]
    public void Is_no_evidence_where_the_copy_says_nothing_new() =>
        Assert.That(Known(Begun, Begun[..1], "nobody signed it").IsEvidence, Is.False);

    [Test]
    public void Refuses_the_journal_of_another_roll_out() => Assert.That(
        () => Recollection.Of(RolloutId.Parse("sushi-pr5"), "", "path", new(Text(Begun), null), "refs/x"),
        Throws.TypeOf<JournalException>().With.Message.Contains("refs/x is the journal of sushi-pr3 (app sushi), not of sushi-pr5."));

    [Test]
    public void Shows_a_plan_that_was_exchanged_on_both_sides()
    {
        var begun = new RolloutPlan { Deployment = [new(new Work.MergePullRequest(), "Merge PR"), new(new Work.Deploy(), "Deploy", Ticked: true, Line: 7)] };
        var described = new RolloutPlan { Deployment = [new(new Work.MergePullRequest(), "Merge PR", Ticked: true), new(new Work.Deploy(), "Deploy")] };
        var other = described with { Deployment = [.. described.Deployment, new(new Work.MaintenanceOff(), "Open it")] };

        Assert.That(Adoption.Differences(begun, described), Is.Empty, "boxes are ticked as steps finish");
        Assert.That(Adoption.Differences(begun, other), Is.EqualTo(["the plan that was begun isn't the one in the " +
            "description:", "  description: Open it"]));
        Assert.That(Adoption.Differences(other, described), Does.Contain("  begun:       Open it"));
    }

    private static IReadOnlyList<Gate> Gates(Recollection known, PullRequest pullRequest)
    {
        var plan = new RolloutPlan { Deployment = [new(new Work.MergePullRequest(), "Merge PR")] };
        var reading = new PlanReading { Problems = [], Draft = plan };
        return Adoption.Gates(new(Id, "#3", pullRequest, Head, "", reading, known.Trusted) { Memory = known });
    }

    private static Recollection Known(JournalLine[] journal, JournalLine[] copy, string? why = null) =>
        Recollection.Of(Id, Text(journal), "path", new(Text(copy), why), "refs/x");

    private static string Text(IEnumerable<JournalLine> lines) =>
        string.Concat(lines.Select(line => System.Text.Json.JsonSerializer.Serialize(line, JournalFormat.Options) + "\n"));

    private static PullRequest Pull() => new()
    {
        Number = 3,
        Title = "",
        State = PullRequestState.Open,
        Author = Zupo,
        Head = Head,
        HeadRef = "branch",
        BaseRef = "master",
        Url = new("https://github.com/zupo/sushi/pull/3"),
    };
}
