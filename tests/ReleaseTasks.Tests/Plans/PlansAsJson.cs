using System.Text.Json;
using NJsonSchema;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

public sealed class PlansAsJson
{
    private static readonly RolloutPlan EveryKind = new()
    {
        Facts = new() { OriginalIssue = ["#3"], None = [PlanPart.Downsides] },
        Backup = Steps(new Work.BackUpConfigVar("A"), new Work.BackUpDatabase("DATABASE"), new Work.CreateRollbackDatabase("heroku-postgresql:standard-0", "YELLOW", new(2013, 10, 21, 15, 52, 0, TimeSpan.Zero))),
        Deployment = Steps(new Work.NotifyUsers("Soon"), new Work.MergePullRequest(3), new Work.MaintenanceOn { App = "sushi" }, new Work.MaintenanceOff(), new Work.SetConfigVar("A", "secret"), new Work.UnsetConfigVar("A"),
            new Work.Deploy(TimeSpan.FromMinutes(40)), new Work.RunCommand(["python", "x.py"]), new Work.AlembicUpgrade("head"), new Work.Scale("worker", 2), new Work.Restart("web.1"),
            new Work.DestroyAddon("SILVER", TimeSpan.FromDays(7), Later: true), new Work.RunProjectTask("WarmCaches"), new Work.Manual("a reason")),
        Verification = Steps(new Work.WatchLogs(), new Work.WatchErrors(), new Work.SmokeTest(new("https://sushi.example.com/")), new Work.CheckByHand()),
        Rollback = Steps(new Work.RestoreConfigVar("A"), new Work.AlembicDowngrade("-1"), new Work.RollBackRelease(51), new Work.PromoteDatabase("SILVER")),
    };

    [Test]
    public async Task Agree_with_the_published_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(Examples.Resource("docs.plan.schema.json"));

        foreach (var markdown in new[] { Examples.BasicTemplate, Examples.Simple, Examples.ComplexMigration, Examples.Documented })
        {
            var reading = PlanMarkdown.Parse(markdown);
            Assert.That(schema.Validate(PlanJson.Write(reading.Plan!, PlanLint.Check(reading, PlanWorld.Unknown), "#3")), Is.Empty);
        }

        Assert.That(schema.Validate(PlanJson.Write(EveryKind, [], "#3")), Is.Empty);
        Assert.That(schema.Validate(PlanJson.Write(EveryKind, [], "#3").Replace("\"merge-pull-request\"", "\"merge\"", StringComparison.Ordinal)), Is.Not.Empty);
    }

    [Test]
    public void Name_every_kind_of_work()
    {
        var kinds = typeof(Work).GetNestedTypes().Select(type => type.Name);

        Assert.That(EveryKind.Steps.Select(step => step.Work.GetType().Name), Is.EquivalentTo(kinds));
    }

    [Test]
    public void Never_hold_the_value_of_a_config_var()
    {
        var json = PlanJson.Write(PlanMarkdown.Parse("**Deployment steps**:\n1. [ ] `heroku config:set A=hunter2`\n").Plan!, [], "#3");

        Assert.That(json, Does.Not.Contain("hunter2"));
        Assert.That(JsonDocument.Parse(json).RootElement.GetProperty("plan").GetProperty("deployment")[0].GetProperty("length").GetInt32(), Is.EqualTo(7));
    }

    [Test]
    public void Look_like_this() =>
        Assert.That(PlanJson.Write(PlanMarkdown.Parse("**Downsides**: slow\n**Deployment assistants**: None\n**Deployment steps**:\n1. [x] Deploy app, about 40 minutes\n").Plan!, [new(1, 2, "What?", "This.", PlanSeverity.Warning)], "plan.md"), Is.EqualTo("""
            {
              "source": "plan.md",
              "accepted": true,
              "plan": {
                "originalIssue": [],
                "downsides": [
                  "slow"
                ],
                "risks": [],
                "assistants": [],
                "backingServices": [],
                "backup": [],
                "deployment": [
                  {
                    "kind": "deploy",
                    "expectedSeconds": 2400,
                    "title": "Deploy app, about 40 minutes",
                    "ticked": true,
                    "line": 4,
                    "column": 8
                  }
                ],
                "verification": [],
                "rollback": [],
                "none": [
                  "assistants"
                ]
              },
              "problems": [
                {
                  "severity": "warning",
                  "line": 1,
                  "column": 2,
                  "what": "What?",
                  "instead": "This."
                }
              ]
            }
            """));

    private static ValueList<PlannedStep> Steps(params IEnumerable<Work> work) => [.. work.Select((one, index) => new PlannedStep(one, one.Kind, Line: index + 1, Column: 1))];
}
