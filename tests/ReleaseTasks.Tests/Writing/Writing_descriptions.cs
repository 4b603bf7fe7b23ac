using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;
using ReleaseTasks.Writing;

namespace ReleaseTasks.Tests.Writing;

public sealed class Writing_descriptions
{
    private static readonly Dictionary<PlanPart, string> Everything = new()
    {
        [PlanPart.OriginalIssue] = "#3 remove `username` field",
        [PlanPart.Downsides] = "links by `username` break\nusers' e-mails are exposed",
        [PlanPart.Risks] = "complex DB migration",
        [PlanPart.Assistants] = "dz0ny",
        [PlanPart.BackingServices] = "None",
        [PlanPart.Backup] = "Create production DB rollback: `heroku addons:create heroku-postgresql:standard-0 --rollback HEROKU_POSTGRESQL_YELLOW --to now`",
        [PlanPart.Deployment] = "Merge PR into master\nDeploy app new release, it may take up to 40 minutes",
        [PlanPart.Verification] = "1. [ ] Monitor papertrail and getsentry\n2. [ ] check that users can log in",
        [PlanPart.Rollback] = "Promote DB rollback: `heroku pg:promote HEROKU_POSTGRESQL_SILVER`\nRollback release: `heroku rollback vXX`",
    };

    private static readonly CodeQuestion[] Questions =
    [
        new("???", "is `email` *unique*? see #7, @dz0ny", "app/models.py", 12, new("https://github.com/zupo/sushi/blob/50159b7/app/models.py#L12")),
        new("!!!", "slow for many users", "app/views [old].py", 3, null),
    ];

    [Test]
    public void Fill_the_template_in() => Approved.AssertSame("everything", new Content { Parts = Everything }.Render(null));

    [Test]
    public void Are_a_plan_that_the_lint_accepts() =>
        Assert.That(PlanLint.Check(PlanMarkdown.Parse(new Content { Parts = Everything }.Render(null)), new() { Ops = ["dz0ny"] }).Where(problem => problem.Severity != PlanSeverity.Note), Is.Empty);

    [Test]
    public void Begin_with_the_notice_and_the_code_s_questions_while_in_progress() => Approved.AssertSame(
        "work-in-progress",
        new Content { IsWorkInProgress = true, Parts = new Dictionary<PlanPart, string> { [PlanPart.OriginalIssue] = "#3 remove `username` field" }, Questions = Questions }.Render(null));

    [Test]
    public void Lose_the_notice_and_the_questions_when_the_work_is_done()
    {
        var done = new Content { Parts = Everything };

        Assert.That(done.Render((done with { IsWorkInProgress = true, Questions = Questions }).Render(null)), Is.EqualTo(done.Render(null)));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    public void Are_the_same_when_written_twice(string newLine)
    {
        var content = new Content { IsWorkInProgress = true, Parts = Everything, Questions = Questions };
        var once = content.Render(null).ReplaceLineEndings(newLine);

        Assert.That(content.Render(once), Is.EqualTo(once));
    }

    [Test]
    public void Keep_every_byte_around_the_parts_that_are_given()
    {
        const string found = "Hello team!\n\n## Solution\n**Original issue**: #1\n**Downsides**: none, says karantan\n\nA thought of dz0ny's.\n\n**Deployment steps**:\n1. [x] Merge PR into master\n   - mind the gap\n\n<!-- keep me -->\n";

        var written = new Content { Parts = new Dictionary<PlanPart, string> { [PlanPart.OriginalIssue] = "#2 another" } }.Render(found);

        Assert.That(written, Is.EqualTo(found.Replace("#1", "#2 another", StringComparison.Ordinal)));
    }

    [Test]
    public void Keep_the_boxes_that_were_ticked()
    {
        const string found = "**Deployment steps**:\n  1. [x] Merge PR into master\n";

        var written = new Content { Parts = new Dictionary<PlanPart, string> { [PlanPart.Deployment] = "Merge PR into master\nDeploy" } }.Render(found);

        Assert.That(written, Is.EqualTo("**Deployment steps**:\n  1. [x] Merge PR into master\n  2. [ ] Deploy\n"));
    }

    [Test]
    public void Say_what_is_missing_from_them()
    {
        var partly = new Content { Parts = new Dictionary<PlanPart, string> { [PlanPart.Downsides] = "None" } };

        Assert.That(partly.Missing(null).Select(section => section.Argument), Is.EqualTo(["issue", "risks", "assistants", "backing-services", "backup", "deployment", "verification", "rollback"]));
        Assert.That(partly.Missing("**Risks**: a few\n**Original issue**: #3\n").Select(section => section.Argument), Does.Not.Contain("risks").And.Not.Contain("issue"));
        Assert.That((partly with { IsWorkInProgress = true }).Missing(null).Select(section => section.Argument), Is.EqualTo(["issue"]));
    }

    [Test]
    public void Ask_what_the_added_lines_ask_and_nothing_else()
    {
        const string patch = "@@ -10,4 +20,6 @@ def f():\n context\n-# ???: an old one\n+# ???: is this right?\n # ???: was there before\n+x = 1  # !!!: too slow\n+s = 'what???: no'\n@@ -40 +60,2 @@\n context\n+// ???: in C too\n\\ No newline at end of file";

        var found = CodeQuestion.In([new ChangedFile("a.py", patch, new("https://github.com/o/r/blob/abc/a.py")), new ChangedFile("big.bin", null, null)]);

        Assert.That(found.Select(question => $"{question.Tag} {question.Line} {question.Text}"), Is.EqualTo(["??? 21 is this right?", "!!! 23 too slow", "??? 61 in C too"]));
        Assert.That(found[0].Url, Is.EqualTo(new Uri("https://github.com/o/r/blob/abc/a.py#L21")));
    }

    [Test]
    public void Never_show_a_secret_of_the_code() =>
        Assert.That(new CodeQuestion("???", $"is API_TOKEN={new string('a', 12)}Zz9 right?", "a.py", 1, null).Markdown, Does.Not.Contain("aaa"));

    [TestCase("3-navbar", 3)]
    [TestCase("fix/17_navbar", 17)]
    [TestCase("zupo/issue-5", 5)]
    [TestCase("gh42-navbar", 42)]
    [TestCase("navbar", null)]
    [TestCase("v2.0-navbar", null)]
    [TestCase("release-2026", null)]
    public void Know_the_issue_from_the_branch_s_name(string branch, int? issue) => Assert.That(IssueReference.Find(branch, []), Is.EqualTo(issue));

    [TestCase("Widen the navbar\n\nFixes #12, see also #7", 12)]
    [TestCase("Widen the navbar (#7)", 7)]
    [TestCase("Widen the navbar", null)]
    [TestCase("Colour #fff and a&#39;b", null)]
    public void Know_the_issue_from_a_commit(string message, int? issue) => Assert.That(IssueReference.Find("navbar", ["Tidy up", message]), Is.EqualTo(issue));
}
