using ReleaseTasks.Journals;
using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Running;

namespace ReleaseTasks.Tests.Running;

/// <summary>A rehearsal's stage is the project's: its commits, its people, and what the plan says of its app.</summary>
public sealed class Designing_a_stage
{
    private const string Plan = """
        ## Roll-out plan
        **Backuping steps**:
          1. [ ] `heroku addons:create heroku-postgresql:standard-0 --rollback HEROKU_POSTGRESQL_GREEN --to now --app dmon`
          2. [ ] Backup `SECRET` variable value
             `heroku config:get SECRET > SECRET.old`
        **Deployment steps**:
          1. [ ] Merge PR #41 into main
          2. [ ] `heroku config:set MODE=fast`
        ## Rollback strategy
          1. [ ] `heroku config:set SECRET=$(< SECRET.old)`
        """;

    private static readonly ReleaseOptions Dmon = new()
    {
        App = "dmon",
        Repository = "niteoweb/dmon",
        MainBranch = "main",
        LeadingDevelopers = ["zupo", "dz0ny"],
        Ops = ["dz0ny", "gurvankervern"],
    };

    private static readonly ProjectCheckout Checkout = new("/somewhere", "faster", new Dictionary<string, string>
    {
        ["main"] = Commit('1'),
        ["origin/main"] = Commit('2'),
        ["faster"] = Commit('3'),
        ["origin/slower"] = Commit('4'),
    });

    [Test]
    public void Deploys_what_is_on_the_remote_s_main_branch_and_proposes_what_is_checked_out()
    {
        var stage = Design();

        Assert.That(stage.Base, Is.EqualTo(Commit('2')));
        Assert.That((stage.PullRequest.Branch, stage.PullRequest.Head), Is.EqualTo(("faster", Commit('3'))));
    }

    [Test]
    public void Proposes_another_branch_where_one_is_named()
    {
        var stage = Design(Checkout, ("branch", "slower"));

        Assert.That((stage.PullRequest.Branch, stage.PullRequest.Head), Is.EqualTo(("slower", Commit('4'))));
    }

    [Test]
    public void Has_the_config_vars_the_database_and_the_number_that_the_plan_names()
    {
        var stage = Design();

        Assert.That(stage.ConfigVars, Is.EquivalentTo(["SECRET", "MODE"]));
        Assert.That(stage.Databases.Single().Attachments, Is.EqualTo(["DATABASE", "HEROKU_POSTGRESQL_GREEN"]));
        Assert.That(stage.PullRequest.Number, Is.EqualTo(41));
    }

    [Test]
    public void Is_approved_by_every_leading_developer_and_authored_by_somebody_else()
    {
        var pull = Design().PullRequest;

        Assert.That(pull.Approvers, Is.EqualTo(["zupo", "dz0ny"]));
        Assert.That(pull.Author, Is.EqualTo("gurvankervern"));
    }

    [Test]
    public void Is_refused_on_the_main_branch_and_for_a_branch_that_is_not_there()
    {
        Assert.That(() => Design(Checkout with { CurrentBranch = "main" }), Throws.TypeOf<RefusedException>().With.Message.Contains("--branch=NAME"));
        Assert.That(() => Design(Checkout, ("branch", "gone")), Throws.TypeOf<RefusedException>().With.Message.Contains("has no branch 'gone'"));
    }

    private static Sandbox.Stage Design() => Design(Checkout);

    private static Sandbox.Stage Design(ProjectCheckout checkout, params (string Name, string Value)[] arguments)
    {
        var subject = new RolloutSubject(RolloutId.Parse("dmon-2026-11-23"), "plan.md", null, null, Plan, PlanMarkdown.Parse(Plan), RunState.Empty);
        return new StageDesigner(Dmon, new(arguments.ToDictionary(a => a.Name, a => a.Value)), subject, checkout).Design();
    }

    private static string Commit(char digit) => new(digit, 40);
}
