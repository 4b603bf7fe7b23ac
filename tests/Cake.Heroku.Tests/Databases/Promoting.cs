using System.Text.Json.Nodes;
using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Databases;

public sealed class Promoting
{
    private const string Attachments = "GET /apps/sushi/addon-attachments";
    private const string WaitStatus = $"GET /client/v11/databases/{Sample.SilverId}/wait_status";
    private const string Database = $"GET /client/v11/databases/{Sample.SilverId}";
    private const string Releases = "GET /apps/sushi/releases";
    private const string ConfigVars = "GET /apps/sushi/config-vars";
    private const string Attach = "POST /addon-attachments";
    private const string AttachPrimary =
        """{"addon":{"name":"postgresql-round-54321"},"app":{"name":"sushi"},"confirm":"sushi","name":"DATABASE","namespace":null}""";

    private const string AttachPool =
        """
        {"addon":{"name":"postgresql-round-54321"},"app":{"name":"sushi"},"confirm":"sushi","name":"DATABASE_CONNECTION_POOL",
         "namespace":"connection-pooling:default"}
        """;

    private static readonly AppName Sushi = new("sushi");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly string Primary = Sample.Attachment("DATABASE");
    private static readonly string Yellow = Sample.Attachment("HEROKU_POSTGRESQL_YELLOW");
    private static readonly string Pool = Sample.Attachment("DATABASE_CONNECTION_POOL", ns: "connection-pooling:default");
    private static readonly string Silver = Sample.Attachment("HEROKU_POSTGRESQL_SILVER", "postgresql-round-54321", Sample.SilverId);
    private static readonly string SilverAsPrimary = Sample.Attachment("DATABASE", "postgresql-round-54321", Sample.SilverId);

    private static readonly string SilverAsPool =
        Sample.Attachment("DATABASE_CONNECTION_POOL", "postgresql-round-54321", Sample.SilverId, "connection-pooling:default");

    [Test]
    public async Task Replaces_the_primary_in_one_request_and_follows_its_release()
    {
        await using var stub = await Ready();
        stub.On(
            Releases,
            List(Sample.Release(51)),
            List(Pending(53), Pending(52)),
            List(Sample.Release(53), Sample.Release(52, current: false)));

        var promoted = await PromoteAsync(stub);

        Assert.That(promoted.Addon.Name, Is.EqualTo("postgresql-round-54321"));
        Assert.That(stub.Lines, Is.EqualTo(new[]
        {
            Attachments, Attachments, WaitStatus, Database, Releases, Attach, Releases, Releases, Attachments,
            Releases, "GET /apps/sushi/releases/53/config-vars", ConfigVars,
        }));
        AssertBodies(stub, AttachPrimary);
    }

    [Test]
    public async Task Gives_the_old_primary_another_name_where_it_has_none()
    {
        await using var stub = await Ready();
        stub.On(
            Attachments,
            List(Primary, Silver),
            List(Primary, Silver),
            List(Primary, Yellow, Silver),
            List(SilverAsPrimary, Yellow, Silver));

        await PromoteAsync(stub);

        AssertBodies(
            stub,
            """{"addon":{"name":"postgresql-flat-12345"},"app":{"name":"sushi"},"confirm":"sushi","namespace":null}""",
            AttachPrimary);
    }

    [Test]
    public async Task Moves_the_connection_pool_too()
    {
        await using var stub = await Ready();
        stub.On(
            Attachments,
            List(Primary, Yellow, Pool, Silver),
            List(Primary, Yellow, Pool, Silver),
            List(SilverAsPrimary, Yellow, Pool, Silver),
            List(SilverAsPrimary, Yellow, SilverAsPool, Silver));

        await PromoteAsync(stub);

        AssertBodies(stub, AttachPrimary, AttachPool);
    }

    [Test]
    public async Task Goes_on_where_it_was_cut_off()
    {
        await using var stub = await Ready();
        stub.On(
            Attachments,
            List(SilverAsPrimary, Yellow, Pool, Silver),
            List(SilverAsPrimary, Yellow, Pool, Silver),
            List(SilverAsPrimary, Yellow, SilverAsPool, Silver));

        await PromoteAsync(stub);

        AssertBodies(stub, AttachPool);
    }

    [Test]
    public async Task Attaches_again_where_heroku_stopped_between_detach_and_attach()
    {
        await using var stub = await Ready();
        stub.On(Attachments, List(Yellow, Silver), List(Yellow, Silver), List(SilverAsPrimary, Yellow, Silver));

        await PromoteAsync(stub);

        AssertBodies(stub, AttachPrimary);
    }

    [Test]
    public async Task Twice_is_a_success_that_changes_nothing()
    {
        await using var stub = await Ready();
        stub.On(Attachments, List(SilverAsPrimary, Silver)).On(Releases, List(Sample.Release(53)));

        await PromoteAsync(stub);

        Assert.That(stub.Lines, Does.Not.Contain(Attach));
    }

    [TestCase("""{"waiting?": true, "message": "recovering"}""", "Nothing was promoted: postgresql-round-54321 is not ready (recovering).")]
    [TestCase(
        """{"waiting?": false, "message": "failed", "error?": true}""",
        "Nothing was promoted: postgresql-round-54321 is not ready (failed).")]
    public async Task Refuses_a_database_that_is_not_ready(string status, string message)
    {
        await using var stub = await Ready();
        stub.On(WaitStatus, Reply.Ok(status));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => PromoteAsync(stub));

        Assert.That(e!.Message, Is.EqualTo(message));
        Assert.That(stub.Lines, Does.Not.Contain(Attach));
    }

    [Test]
    public async Task Refuses_a_follower()
    {
        await using var stub = await Ready();
        stub.On(Database, Reply.Ok(Sample.Database(following: "postgres://user:secret-password@db.example.com/name")));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => PromoteAsync(stub));

        Assert.That(
            e!.Message,
            Is.EqualTo(
                "Nothing was promoted: postgresql-round-54321 follows another database and would go on doing so. Unfollow it first."));
        Assert.That(stub.Lines, Does.Not.Contain(Attach));
    }

    [Test]
    public async Task Is_judged_by_what_is_read_back()
    {
        await using var stub = await Ready();
        stub.On(Attachments, List(Primary, Yellow, Silver));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => PromoteAsync(stub));

        Assert.That(e!.Message, Is.EqualTo("sushi: DATABASE was not attached. DATABASE is postgresql-flat-12345."));
        Assert.That(stub.Lines.Count(line => line == Attach), Is.EqualTo(1), "it is not tried for ever");
    }

    [Test]
    public async Task Fails_with_the_release_of_the_change()
    {
        await using var stub = await Ready();
        stub.On(Releases, List(Sample.Release(51)), List(Failed(53), Sample.Release(52)));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => PromoteAsync(stub));

        Assert.That(e!.Message, Is.EqualTo("sushi: v53 (Attach DATABASE) failed."));
    }

    [Test]
    public async Task Fails_with_the_release_of_the_primary_before_it_moves_the_pool()
    {
        await using var stub = await Ready();
        stub.On(Attachments, List(Primary, Yellow, Pool, Silver)).On(
            Releases,
            List(Sample.Release(51)),
            List(Failed(53), Sample.Release(52)));

        await Assert.ThrowsAsync<HerokuFailedException>(() => PromoteAsync(stub));

        AssertBodies(stub, AttachPrimary);
    }

    [Test]
    public async Task Minds_no_detach_that_failed_before_an_attach_that_succeeded()
    {
        await using var stub = await Ready();
        stub.On(Releases, List(Sample.Release(51)), List(Sample.Release(53), Failed(52)));

        Assert.That((await PromoteAsync(stub)).Addon.Name, Is.EqualTo("postgresql-round-54321"));
    }

    [Test]
    public async Task Is_no_success_while_the_current_release_runs_with_another_database()
    {
        await using var stub = await Ready();
        stub.On(Attachments, List(SilverAsPrimary, Yellow, Silver))
            .On(Releases, List(Failed(53), Sample.Release(51)))
            .On("GET /apps/sushi/releases/51/config-vars", Reply.Ok("""{"DATABASE_URL": "postgres://yellow"}"""));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => PromoteAsync(stub));

        Assert.That(
            e!.Message,
            Is.EqualTo("sushi: DATABASE is postgresql-round-54321, but the current release does not run with it: a release since failed."));
    }

    [TestCase("DATABASE_URL", "postgresql-flat-12345")]
    [TestCase("HEROKU_POSTGRESQL_SILVER_URL", "postgresql-round-54321")]
    [TestCase("heroku_postgresql_silver", "postgresql-round-54321")]
    [TestCase("postgresql-round-54321", "postgresql-round-54321")]
    [TestCase("rice::GREEN", "postgresql-deep-11111")]
    public async Task Takes_any_name_that_people_use(string name, string addon)
    {
        await using var stub = await Ready();
        stub.On("GET /apps/rice/addon-attachments", List(Sample.Attachment("GREEN", "postgresql-deep-11111")));

        var found = await stub.Connect().Databases.FindAsync(Sushi, name, default);

        Assert.That(found.Addon.Name, Is.EqualTo(addon));
    }

    [Test]
    public async Task Refuses_a_name_that_nothing_has()
    {
        await using var stub = await Ready();

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => stub.Connect().Databases.FindAsync(Sushi, "GOLD", default));

        Assert.That(
            e!.Message,
            Is.EqualTo("sushi has no database GOLD. It has: DATABASE, HEROKU_POSTGRESQL_YELLOW, HEROKU_POSTGRESQL_SILVER."));
    }

    private static async Task<HerokuStub> Ready() => (await HerokuStub.StartAsync())
        .On(Attachments, List(Primary, Yellow, Silver), List(Primary, Yellow, Silver), List(SilverAsPrimary, Yellow, Silver))
        .On(WaitStatus, Reply.Ok("""{"waiting?": false, "message": "available"}"""))
        .On(Database, Reply.Ok(Sample.Database()))
        .On(Releases, List(Sample.Release(51)), List(Sample.Release(53)))
        .On(Attach, Reply.Json(201, SilverAsPrimary))
        .On("GET /apps/sushi/releases/53/config-vars", Reply.Ok("""{"DATABASE_URL": "postgres://silver"}"""))
        .On(ConfigVars, Reply.Ok("""{"DATABASE_URL": "postgres://silver"}"""));

    private static Task<Attachment> PromoteAsync(HerokuStub stub) =>
        stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default);

    private static Reply List(params string[] items) => Reply.Ok($"[{string.Join(',', items)}]");

    private static string Pending(int version) => Sample.Release(version, status: "pending", current: false);

    private static string Failed(int version) => Sample.Release(version, status: "failed", current: false, description: "Attach DATABASE");

    private static void AssertBodies(HerokuStub stub, params string[] bodies)
    {
        var sent = stub.Requests.Where(request => request.Line == Attach).Select(request => JsonNode.Parse(request.Body)).ToList();
        Assert.That(
            sent.Zip(bodies).All(pair => JsonNode.DeepEquals(pair.First, JsonNode.Parse(pair.Second))),
            Is.True,
            string.Join('\n', sent));
        Assert.That(sent, Has.Count.EqualTo(bodies.Length));
    }
}
