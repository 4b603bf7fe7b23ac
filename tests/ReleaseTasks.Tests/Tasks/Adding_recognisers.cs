using Cake.Frosting;
using ReleaseTasks.Plans;
using ReleaseTasks.Tasks;
using ReleaseTasks.Tests.Running;

namespace ReleaseTasks.Tests.Tasks;

/// <summary>A build program of a few lines that teaches the plan its own words.</summary>
[NonParallelizable]
public sealed class Adding_recognisers
{
    private const string Plan = """
        **Original issue**: #3 caches
        **Downsides**: None
        **Risks**: None
        **Assistants**: None
        **Backing services**: None
        **Backup steps**: None
        **Deployment steps**:
          1. [ ] Merge PR into master
          2. [ ] Warm the caches
          3. [ ] Bitte die App schließen
          4. [ ] `heroku maintenance:off`

        ## Verification plan
          1. [ ] check the caches

        ## Rollback
          1. [ ] `heroku rollback vXX`
        """;

    [Test]
    public async Task Runs_the_project_s_own_task_as_a_step_of_the_plan()
    {
        await using var stage = await Stage.SetAsync();
        await File.WriteAllTextAsync(Path.Combine(stage.Folder, "release.json"), """{ "app": "sushi", "repository": "zupo/sushi", "environment": "sandbox", "leadingDevelopers": ["zupo", "dz0ny", "karantan"], "ops": ["dz0ny"] }""");
        await stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body = Plan });
        WarmCachesTask.Ran = 0;

        var folder = Directory.GetCurrentDirectory();
        var code = new CakeHost()
            .AddAssembly(typeof(WarmCachesTask).Assembly)
            .UseReleaseTasks(new OwnWords())
            .RunReleaseTasks(["--target=Deploy", $"--working={stage.Folder}"]);
        Directory.SetCurrentDirectory(folder);

        var body = (await stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["body"]!.GetValue<string>();
        Assert.That((code, WarmCachesTask.Ran), Is.EqualTo((0, 1)));
        Assert.That(body, Does.Contain("2. [x] Warm the caches").And.Contain("3. [x] Bitte die App schließen"));
    }

    [Test]
    public void Asks_them_before_the_procedure_s_own_words()
    {
        var plan = PlanMarkdown.Parse(Plan, new OwnWords()).Draft;

        Assert.That(plan.Deployment.Select(step => step.Work), Is.EqualTo(new Work[] { new Work.MergePullRequest(), new Work.RunProjectTask("WarmCaches"), new Work.MaintenanceOn(), new Work.MaintenanceOff() }));
        Assert.That(PlanMarkdown.Parse(Plan).Draft.Deployment[1].Work, Is.EqualTo(new Work.Manual()));
    }

    private sealed class OwnWords : IStepRecogniser
    {
        public Work? Recognise(StepText step) => step.Prose switch
        {
            "Warm the caches" => new Work.RunProjectTask("WarmCaches"),
            "Bitte die App schließen" => new Work.MaintenanceOn(),
            _ => null,
        };
    }
}

/// <summary>The program's own task: Frosting finds only public ones.</summary>
[TaskName("WarmCaches")]
public sealed class WarmCachesTask : FrostingTask<ReleaseContext>
{
    internal static int Ran { get; set; }

    public override void Run(ReleaseContext context) => Ran++;
}
