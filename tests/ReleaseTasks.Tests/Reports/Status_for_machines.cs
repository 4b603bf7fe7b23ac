using NJsonSchema;
using ReleaseTasks.Journals;
using ReleaseTasks.Reports;

namespace ReleaseTasks.Tests.Reports;

public sealed class Status_for_machines
{
    [Test]
    public async Task Is_as_its_schema_says()
    {
        var state = RunState.Of(
        [
            new RolloutStarted(RolloutId.Parse("sushi-pr3"), "sushi", 3, null, "", "", ""),
            new StepStarted("backup-database", "Back up DATABASE", JournalFormat.ToElement(new { })),
            new StepFinished("backup-database", JournalFormat.ToElement(new { }), "backup b001", Simulated: false),
            new StepStarted("merge", "Merge #3", JournalFormat.ToElement(new { })),
            new StepFailed("merge", "GitHub refused"),
            new Verified("good", []),
        ]);
        var whole = new Status
        {
            App = "sushi",
            Standing = "sushi-pr3 is under way.",
            Rollout = state,
            AppStanding = "sushi runs v51.",
            Leftovers = [new("database", "rollback database sushi-pr3-rollback", DateTimeOffset.UnixEpoch, "$50 a month", "./build.sh --target=Cleanup")],
            Next = ["./build.sh --target=Deploy"],
        };

        Assert.That(await ProblemsAsync(whole), Is.Empty);
        Assert.That(await ProblemsAsync(new() { App = "sushi", Standing = "none", LeftoversUnknown = "HEROKU_API_KEY: not set" }), Is.Empty);
        Assert.That(await ProblemsAsync(whole with { Leftovers = [new("mouse", "", null, null, "")] }), Is.Not.Empty, "the schema is none");
    }

    private static async Task<IEnumerable<string>> ProblemsAsync(Status status)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Repository(), "docs", "status.schema.json"));
        return schema.Validate(StatusJson.Write(status)).Select(problem => problem.ToString());
    }

    private static string Repository()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "ReleaseTasks.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests don't run inside the repository.");
        }

        return folder;
    }
}
