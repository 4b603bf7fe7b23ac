using NodaTime;
using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Gates;

public sealed class Deciding
{
    private static readonly CommitSha Head = CommitSha.Parse(new string('a', 40))!;
    private static readonly Person Zupo = new(11, "zupo");
    private static readonly Person Dz0ny = new(12, "dz0ny");
    private static readonly Person Karantan = new(13, "karantan");

    private static readonly PullRequest Pull = new()
    {
        Number = 3,
        Title = "remove `username` field",
        State = PullRequestState.Open,
        Author = Zupo,
        Head = Head,
        HeadRef = "remove-username",
        BaseRef = "master",
        Mergeable = true,
        MergeableState = "clean",
        Url = new("https://github.com/zupo/sushi/pull/3"),
    };

    private static readonly PullRequestFacts Approved = new()
    {
        PullRequest = Pull,
        Reviews = [.. ReadingReviews.History(Dz0ny, "APPROVED"), .. ReadingReviews.History(Karantan, "APPROVED")],
        Viewer = Zupo,
    };

    private static readonly RolloutPlan Complex = new()
    {
        Facts = new() { Assistants = ["dz0ny I will need your assistance for DB migration"], Risks = ["complex DB migration"] },
        Backup = [new(new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "HEROKU_POSTGRESQL_YELLOW"), "")],
    };

    /// <summary>Half past ten on a Monday in Ljubljana; everything is as it should be.</summary>
    private static readonly GateFacts Good = new()
    {
        Now = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero),
        Rules = new() { LeadingDevelopers = ["zupo", "dz0ny", "karantan"], Ops = ["dz0ny", "gurvankervern"] },
        Plan = Complex,
        Expected = TimeSpan.FromMinutes(40),
        PullRequest = Approved,
        App = new()
        {
            Name = "sushi",
            Account = "jim@example.com",
            Owner = "jim@example.com",
            RequestsLeft = 4500,
            EarliestRollback = new Dictionary<string, DateTimeOffset> { ["HEROKU_POSTGRESQL_YELLOW"] = new(2026, 11, 19, 9, 30, 0, TimeSpan.Zero) },
        },
    };

    private static IEnumerable<TestCaseData> Refusals()
    {
        yield return Refusal("state", Of(Pull with { State = PullRequestState.Closed }), "#3 was closed without a merge. Reopen it, or open another.");
        yield return Refusal("ready", Of(Pull with { IsDraft = true }), "#3 is a draft. Mark it ready for review.");
        yield return Refusal("ready", Of(Pull with { Title = "[wip] x" }), "#3 is work in progress: '[wip] x'. Take [WIP] off its title once it is done.");
        yield return Refusal("target", Of(Pull with { BaseRef = "next" }), "it goes to 'next', and roll-outs start from 'master'. Change its base branch to 'master'.");
        yield return Refusal("head", Of(Approved with { ApprovedHead = CommitSha.Parse(new string('b', 40)) }),
            "its head is aaaaaaa, and this roll-out began with bbbbbbb. Someone pushed: have the new head reviewed and start another roll-out.");
        yield return Refusal("objections", Reviewed(Dz0ny, "APPROVED CHANGES_REQUESTED"), "dz0ny requests changes. Call them: a change request is settled by their approval or its dismissal.");
        yield return Refusal("objections", Reviewed(Dz0ny, "APPLAUDED"), "dz0ny's review has the state 'APPLAUDED', which is unknown. Call them: a change request is settled by their approval or its dismissal.");
        yield return Refusal("approved", Reviewed(Dz0ny, "APPROVED"), "#3 has 1 of 2 approvals of aaaaaaa. Ask karantan.");
        yield return Refusal("approved", Reviewed(Dz0ny, "APPROVED@old"), "#3 has 0 of 2 approvals of aaaaaaa. Of an earlier head: dz0ny. Ask dz0ny, karantan.");
        yield return Refusal("approved", Good with { Rules = Good.Rules with { LeadingDevelopers = ["Zupo"] } },
            "nobody can approve: there is no leading developer but the author. Name more leading developers in release.json.");
        yield return Refusal("approved", Good with { Rules = Good.Rules with { LeadingDevelopers = [] } },
            "nobody can approve: there is no leading developer but the author. Name more leading developers in release.json.");
        yield return Refusal("author", Of(Approved with { Viewer = Dz0ny }), "this is run by dz0ny, and only the author, zupo, may merge and deploy. Let zupo run it.");
        yield return Refusal("author", Of(Approved with { Viewer = null, Actors = ["zupo", "dz0ny"] }),
            "this is run by zupo and dz0ny, and only the author, zupo, may merge and deploy. Let zupo run it.");
        yield return Refusal("author", Of(Approved with { Viewer = null }), "this is run by nobody known, and only the author, zupo, may merge and deploy. Let zupo run it.");
        yield return Refusal("mergeable", Of(Pull with { Mergeable = null }), "GitHub hasn't found out yet whether it can be merged. Run it again in a minute.");
        yield return Refusal("mergeable", Of(Pull with { Mergeable = false, MergeableState = "dirty" }), "it conflicts with its base. Resolve the conflict; the new head needs new reviews.");
        yield return Refusal("mergeable", Of(Pull with { MergeableState = "behind" }), "its branch is behind. Bring it up to date; the new head needs new reviews.");
        yield return Refusal("mergeable", Of(Pull with { MergeableState = "blocked" }), "GitHub blocks the merge: a review or check that the branch requires is missing. See its merge box on GitHub.");
        yield return Refusal("mergeable", Of(Pull with { MergeableState = "bewitched" }), "GitHub says 'bewitched', which is unknown. See its merge box on GitHub.");
        yield return Refusal("checks", Checked(new("test", CheckState.Failed, "timed_out"), new("test", CheckState.Passed, "success")),
            "on aaaaaaa these required checks haven't passed: test (timed_out, success). Mend what is red.");
        yield return Refusal("checks", Checked(), "on aaaaaaa these required checks haven't passed: test (missing). Wait for them.");
        yield return Refusal("assistant", Good with { Plan = Complex with { Facts = Complex.Facts with { Assistants = ["ask the dz0nys of this world"] } } },
            "the migration is complex, and the plan names no ops person as deployment assistant. Ask one of dz0ny, gurvankervern and name them in 'Deployment assistants'.");
        yield return Refusal("owner", In(Good.App with { Account = "ann@example.com" }),
            "going back would promote the rollback database, which only the owner of sushi, jim@example.com, may; this is ann@example.com. Run it with an API key of jim@example.com.");
        yield return Refusal("rate-limit", In(Good.App with { RequestsLeft = 12 }),
            "12 requests are left of Heroku's rate limit; a roll-out and its rollback may need 300. Wait: Heroku gives back about 75 a minute.");
        yield return Refusal("rate-limit", In(Good.App with { RequestsLeft = null }), "Heroku didn't say how many requests are left. Run it again.");
        yield return Refusal("lock", In(Good.App with { ForeignLock = "ann on build-7 for sushi-pr2, 4 minutes ago" }),
            "sushi is locked by ann on build-7 for sushi-pr2, 4 minutes ago. Wait for it to end. Where it is dead, Unlock --reason='…' frees it.");
        yield return Refusal("lock", In(Good.App with { PendingRelease = 52 }), "Heroku is still working on release v52 of sushi. Wait for it to end.");
        yield return Refusal("rollback-range", In(Good.App with { EarliestRollback = new Dictionary<string, DateTimeOffset>() }),
            "HEROKU_POSTGRESQL_YELLOW can't be rolled back: it is no database of sushi, or its plan has no rollback. Write another --to into the plan; --to now is resolved when the step runs.");
        yield return Refusal("rollback-range", RollingBackTo(new(2013, 10, 21, 15, 52, 0, TimeSpan.Zero)),
            "HEROKU_POSTGRESQL_YELLOW can be rolled back to 2026-11-19 09:30+00 at the earliest, not to 2013-10-21 15:52+00. Write another --to into the plan; --to now is resolved when the step runs.");
        yield return Refusal("rollback-range", RollingBackTo(Good.Now.AddMinutes(1)),
            "HEROKU_POSTGRESQL_YELLOW can't be rolled back to 2026-11-23 09:31+00, which is yet to come. Write another --to into the plan; --to now is resolved when the step runs.");
        yield return Refusal("plan", Good with { PlanProblems = ["#3:7:1: destroys the primary."] }, "#3:7:1: destroys the primary. Put the plan right: CheckPlan shows whether it is.");
        yield return Refusal("window", Good with { Now = new(2026, 11, 23, 6, 59, 0, TimeSpan.Zero) },
            "it is 07:59; the window is 08:00–17:00 Europe/Ljubljana. Run it again from 08:00 on 2026-11-23. A rollback may run at any time.");
        yield return Refusal("window", Good with { Now = new(2026, 11, 23, 15, 30, 0, TimeSpan.Zero) },
            "it is 16:30 and the roll-out is expected to last until 17:10; the window, 08:00–17:00 Europe/Ljubljana, closes before. Run it again from 08:00 on 2026-11-24. A rollback may run at any time.");
        yield return Refusal("window", Good with { Now = new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero) },
            "it is 17:00; the window is 08:00–17:00 Europe/Ljubljana. Run it again from 08:00 on 2026-11-24. A rollback may run at any time.");
    }

    [TestCaseSource(nameof(Refusals))]
    public void Refuses_with_the_reason_the_values_and_what_to_do(string gate, GateFacts facts, string words)
    {
        var refusals = Gatekeeper.Ask(Gatekeeper.RollOut, facts).Where(result => !result.IsOpen).Select(result => result.ToString());

        Assert.That(refusals, Does.Contain($"gate '{gate}' is closed: {words}"));
    }

    [Test]
    public void Lets_a_good_roll_out_pass_every_gate() =>
        Assert.That(Gatekeeper.Ask(Gatekeeper.RollOut, Good).Where(result => !result.IsOpen), Is.Empty);

    [Test]
    public void Shows_all_refusals_together()
    {
        var facts = Good with
        {
            PullRequest = Approved with { Reviews = [], Viewer = Dz0ny },
            App = Good.App with { RequestsLeft = 0 },
        };

        var refused = Gatekeeper.Ask(Gatekeeper.RollOut, facts).Where(result => !result.IsOpen).Select(result => result.Gate);

        Assert.That(refused, Is.EqualTo(new[] { "approved", "author", "rate-limit" }));
    }

    [TestCase(3, 2)]
    [TestCase(4, 2)]
    [TestCase(5, 3)]
    public void Needs_at_least_half_of_the_leading_developers(int leads, int needed)
    {
        string[] names = ["zupo", .. Enumerable.Range(2, leads - 1).Select(n => $"lead{n}")];
        GateFacts With(int approvals) => Good with
        {
            Rules = Good.Rules with { LeadingDevelopers = names },
            PullRequest = Approved with
            {
                Reviews = [.. Enumerable.Range(2, approvals).Select(n => new Review(new(n, $"LEAD{n}"), "APPROVED", Head))],
            },
        };

        Assert.That(IsOpen("approved", With(needed)), Is.True);
        Assert.That(IsOpen("approved", With(needed - 1)), Is.False);
    }

    [Test]
    public void Counts_neither_bots_nor_strangers_nor_the_author()
    {
        var facts = Reviewed(Zupo, "APPROVED") with
        {
            Rules = Good.Rules with { LeadingDevelopers = ["zupo", "dz0ny", "robot"] },
        };
        facts = facts with
        {
            PullRequest = facts.PullRequest! with
            {
                Reviews = [.. facts.PullRequest!.Reviews, new(new(77, "robot", IsBot: true), "APPROVED", Head), new(new(99, "passer-by"), "APPROVED", Head)],
            },
        };

        Assert.That(IsOpen("approved", facts), Is.False);
    }

    [Test]
    public void Counts_approvals_of_an_earlier_head_only_where_the_team_says_so()
    {
        var facts = Good with
        {
            PullRequest = Approved with { Reviews = [.. ReadingReviews.History(Dz0ny, "APPROVED@old"), .. ReadingReviews.History(Karantan, "APPROVED")] },
        };

        Assert.That(IsOpen("approved", facts), Is.False);
        Assert.That(IsOpen("approved", facts with { Rules = facts.Rules with { CountStaleApprovals = true } }), Is.True);
    }

    [Test]
    public void Goes_on_with_what_is_merged_already()
    {
        var facts = Of(Pull with { State = PullRequestState.Merged, MergeCommit = Head, Mergeable = null, MergeableState = "unknown" });

        Assert.That(Gatekeeper.Ask(Gatekeeper.RollOut, facts).Where(result => !result.IsOpen), Is.Empty);
    }

    [Test]
    public void Lets_a_roll_out_that_has_begun_be_finished_after_hours()
    {
        var facts = Good with { Now = new(2026, 11, 23, 22, 0, 0, TimeSpan.Zero), HasBegun = true };

        Assert.That(IsOpen("window", facts), Is.True);
    }

    [Test]
    public void Goes_by_the_clock_on_the_wall_in_summer_and_in_winter()
    {
        var seven = new DateTimeOffset(2026, 7, 1, 6, 0, 0, TimeSpan.Zero); // 08:00 CEST
        var winter = new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero); // 07:00 CET

        Assert.That(IsOpen("window", Good with { Now = seven }), Is.True);
        Assert.That(IsOpen("window", Good with { Now = winter }), Is.False);
    }

    [Test]
    public void Stands_the_hour_that_summer_time_skips()
    {
        var window = new DeploymentWindow { From = new LocalTime(2, 30), Until = new LocalTime(17, 0) };

        var answer = window.Ask(new(2026, 3, 29, 1, 45, 0, TimeSpan.Zero), TimeSpan.Zero);

        Assert.That(answer, Is.TypeOf<GateAnswer.Open>());
    }

    [Test]
    public void Warns_of_preboot_and_of_red_checks_that_are_not_required()
    {
        var facts = In(Good.App with { HasPreboot = true }) with
        {
            PullRequest = Approved with { Checks = new([new("docs", CheckState.Failed, "failure")], []) },
        };

        var warned = Gatekeeper.Ask(Gatekeeper.RollOut, facts).Where(result => result.Answer is GateAnswer.Open { Warning: not null }).Select(result => result.Gate);

        Assert.That(warned, Is.EqualTo(new[] { "checks", "preboot" }));
    }

    [TestCase("blocked", ExpectedResult = true)]
    [TestCase("dirty", ExpectedResult = false)]
    public bool Knows_what_waiting_may_help(string state) =>
        Gatekeeper.Ask(Gatekeeper.RollOut, Of(Pull with { MergeableState = state })).Any(result => result.Answer is GateAnswer.Closed { MayOpen: true });

    private static TestCaseData Refusal(string gate, GateFacts facts, string words) => new TestCaseData(gate, facts, words).SetArgDisplayNames(gate, words);

    private static bool IsOpen(string gate, GateFacts facts) => Gatekeeper.Ask(Gatekeeper.RollOut, facts).Single(result => result.Gate == gate).IsOpen;

    private static GateFacts Of(PullRequest pull) => Of(Approved with { PullRequest = pull });

    private static GateFacts Of(PullRequestFacts facts) => Good with { PullRequest = facts };

    private static GateFacts In(AppFacts app) => Good with { App = app };

    private static GateFacts Reviewed(Person by, string history) => Of(Approved with { Reviews = [.. ReadingReviews.History(by, history)] });

    private static GateFacts Checked(params Check[] checks) => Of(Approved with { Checks = new(checks, ["test"]) });

    private static GateFacts RollingBackTo(DateTimeOffset to) => Good with
    {
        Plan = Complex with { Backup = [new(new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "HEROKU_POSTGRESQL_YELLOW", to), "")] },
    };
}
