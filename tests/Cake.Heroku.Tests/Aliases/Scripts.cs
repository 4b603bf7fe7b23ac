using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Aliases;

/// <summary>The aliases in a <c>.cake</c> script, under the genuine runner.</summary>
public sealed class Scripts
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder()
    {
        Assume.That(Places.CakeRunner, Does.Exist, "The Cake.Tool package is not on this machine.");
        _folder = Directory.CreateTempSubdirectory("script").FullName;
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test, CancelAfter(120_000)]
    public async Task Work_the_app(CancellationToken ct)
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("PATCH /apps/sushi", Reply.Ok(Sample.App(maintenance: true)))
            .On("GET /apps/sushi", Reply.Ok(Sample.App(maintenance: true)))
            .On("GET /apps/sushi/config-vars", Reply.Ok("""{"MYVAR": "value of MYVAR"}"""))
            .On("GET /apps/sushi/releases", Reply.Ok($"[{Sample.Release(51)}]"));

        var (exitCode, output) = await RunAsync(
            stub,
            """
            HerokuMaintenanceOn("sushi");
            Information($"Closed: {HerokuMaintenance("sushi")}");
            Information(HerokuConfigGet("sushi", "MYVAR"));
            Information($"Not set: {HerokuConfigGet("sushi", "OTHER") is null}");
            IReadOnlyList<Release> releases = HerokuReleases("sushi", count: 1);
            Information($"v{releases[0].Version}");
            """,
            ct);

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("Closed: True").And.Contain("value of MYVAR").And.Contain("Not set: True").And.Contain("v51"));
        Assert.That(stub.Requests[0].Body, Is.EqualTo("""{"maintenance":true}"""));
    }

    [Test, CancelAfter(120_000)]
    public async Task Fail_where_heroku_refuses(CancellationToken ct)
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("PATCH /apps/sushi", Reply.Error(403, "forbidden", "You do not have access to the app sushi."));

        var (exitCode, output) = await RunAsync(stub, """HerokuMaintenanceOn("sushi");""", ct);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(
            output,
            Does.Contain(
                "Heroku refused PATCH /apps/sushi: You do not have access to the app sushi (403 forbidden, request 4f1c-of-the-stub)."));
        Assert.That(output, Does.Not.Contain("not-a-token"));
    }

    private Task<(int ExitCode, string Output)> RunAsync(HerokuStub stub, string body, CancellationToken ct) => Runner.RunAsync(
        _folder,
        $$"""
        #r "{{Places.Addin}}"
        Task("Default").Does(() =>
        {
        {{body}}
        });
        RunTarget("Default");
        """,
        stub.Environment,
        ct);
}
