using Cake.Frosting;
using Cake.Heroku;
using ReleaseTasks.Tasks;
using ReleaseTasks.Tests.Running;

namespace ReleaseTasks.Tests.Tasks;

/// <summary>A build program of a few lines whose own task uses the package's aliases.</summary>
[NonParallelizable]
public sealed class Using_aliases_in_a_task
{
    private const string Nowhere = "http://127.0.0.1:9";

    private string _folder = "";

    [SetUp]
    public void PointElsewhere()
    {
        _folder = Directory.GetCurrentDirectory();
        Environment.SetEnvironmentVariable("HEROKU_HOST", Nowhere);
        Environment.SetEnvironmentVariable("HEROKU_DATA_HOST", "127.0.0.1");
        Environment.SetEnvironmentVariable("HEROKU_API_KEY", "a-real-one");
        Environment.SetEnvironmentVariable("SLACK_BOT_TOKEN", "a-real-one");
        AskHerokuTask.Seen = null;
    }

    [TearDown]
    public void PointBack()
    {
        Directory.SetCurrentDirectory(_folder);
        foreach (var name in new[] { "HEROKU_HOST", "HEROKU_DATA_HOST", "HEROKU_API_KEY", "SLACK_BOT_TOKEN" })
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Test]
    public async Task Talks_to_the_sandbox_in_a_sandbox_run_whatever_the_shell_says()
    {
        await using var stage = await Stage.SetAsync();
        await SettleAsync(stage, "sandbox");

        var code = Run(stage);

        Assert.That(code, Is.Zero);
        Assert.That(AskHerokuTask.Seen, Is.EqualTo(new AskHerokuTask.View(false, stage.Environment["HEROKU_HOST"], null, Path: true)));
    }

    [Test]
    public async Task Talks_to_whom_the_shell_says_in_production()
    {
        await using var stage = await Stage.SetAsync();
        await SettleAsync(stage, "production");

        Assert.That(Run(stage), Is.EqualTo((int)ExitCode.Failed), "nobody is there");
        Assert.That(AskHerokuTask.Seen, Is.Null);
    }

    private static Task SettleAsync(Stage stage, string environment) => File.WriteAllTextAsync(
        Path.Combine(stage.Folder, "release.json"),
        $$"""{ "app": "sushi", "repository": "zupo/sushi", "environment": "{{environment}}", "leadingDevelopers": ["zupo", "dz0ny", "karantan"] }""");

    private static int Run(Stage stage) => new CakeHost()
        .AddAssembly(typeof(AskHerokuTask).Assembly)
        .UseReleaseTasks()
        .RunReleaseTasks(["--target=AskHeroku", $"--working={stage.Folder}"]);
}

/// <summary>The program's own task: Frosting finds only public ones.</summary>
[TaskName("AskHeroku")]
public sealed class AskHerokuTask : FrostingTask<ReleaseContext>
{
    internal static View? Seen { get; set; }

    public override void Run(ReleaseContext context) => Seen = new(
        context.HerokuMaintenance("sushi"),
        context.Environment.GetEnvironmentVariable("HEROKU_HOST"),
        context.Environment.GetEnvironmentVariable("SLACK_BOT_TOKEN"),
        context.Environment.GetEnvironmentVariables().ContainsKey("PATH"));

    internal sealed record View(bool Maintenance, string? Host, string? Bot, bool Path);
}
