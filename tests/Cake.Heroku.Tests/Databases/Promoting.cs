using System.Text.Json.Nodes;
using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Databases;

public sealed class Promoting
{
    private const string Resolve = "POST /actions/addon-attachments/resolve";
    private const string Attachments = "GET /apps/sushi/addon-attachments";
    private const string Primary = "GET /apps/sushi/addon-attachments/DATABASE";
    private const string WaitStatus = $"GET /client/v11/databases/{Sample.SilverId}/wait_status";
    private const string Database = $"GET /client/v11/databases/{Sample.SilverId}";
    private const string Releases = "GET /apps/sushi/releases";
    private const string Attach = "POST /addon-attachments";

    private static readonly AppName Sushi = new("sushi");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly string Silver = Sample.Attachment("HEROKU_POSTGRESQL_SILVER", "postgresql-round-54321", Sample.SilverId);
    private static readonly string SilverAsPrimary = Sample.Attachment("DATABASE", "postgresql-round-54321", Sample.SilverId);

    [Test]
    public async Task Follows_the_calls_of_the_heroku_cli()
    {
        await using var stub = await Ready();
        stub.On(Releases, Reply.Ok($"[{Sample.Release(51)}]"), Reply.Ok($"[{Sample.Release(53, status: "pending", current: false)}]"))
            .On($"GET /apps/sushi/releases/{Sample.ReleaseIdOf(53)}", Reply.Ok(Sample.Release(53, status: "pending", current: false)), Reply.Ok(Sample.Release(53)));

        var promoted = await stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default);

        Assert.That(promoted.Addon.Name, Is.EqualTo("postgresql-round-54321"));
        Assert.That(stub.Lines, Is.EqualTo(new[]
        {
            Resolve, Attachments, WaitStatus, Database, Releases, Attach, Releases,
            $"GET /apps/sushi/releases/{Sample.ReleaseIdOf(53)}", $"GET /apps/sushi/releases/{Sample.ReleaseIdOf(53)}", Primary,
        }));
        AssertBodies(stub, """{"addon":{"name":"postgresql-round-54321"},"app":{"name":"sushi"},"confirm":"sushi","name":"DATABASE","namespace":null}""");
    }

    [Test]
    public async Task Gives_the_old_primary_another_name_where_it_has_none()
    {
        await using var stub = await Ready();
        stub.On(Attachments, Reply.Ok($"[{Sample.Attachment("DATABASE")},{Silver}]"));

        await stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default);

        AssertBodies(
            stub,
            """{"addon":{"name":"postgresql-flat-12345"},"app":{"name":"sushi"},"confirm":"sushi","namespace":null}""",
            """{"addon":{"name":"postgresql-round-54321"},"app":{"name":"sushi"},"confirm":"sushi","name":"DATABASE","namespace":null}""");
    }

    [Test]
    public async Task Moves_the_connection_pool_too()
    {
        await using var stub = await Ready();
        stub.On(Attachments, Reply.Ok($"[{Sample.Attachment("DATABASE")},{Sample.Attachment("YELLOW")},{Sample.Attachment("DATABASE_CONNECTION_POOL", ns: "connection-pooling:default")},{Silver}]"));

        await stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default);

        AssertBodies(
            stub,
            """{"addon":{"name":"postgresql-round-54321"},"app":{"name":"sushi"},"confirm":"sushi","name":"DATABASE","namespace":null}""",
            """{"addon":{"name":"postgresql-round-54321"},"app":{"name":"sushi"},"confirm":"sushi","name":"DATABASE_CONNECTION_POOL","namespace":"connection-pooling:default"}""");
    }

    [Test]
    public async Task Twice_is_a_success_that_changes_nothing()
    {
        await using var stub = await Ready();
        stub.On(Attachments, Reply.Ok($"[{SilverAsPrimary},{Silver}]"));

        await stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default);

        Assert.That(stub.Lines, Does.Not.Contain(Attach));
    }

    [TestCase("""{"waiting?": true, "message": "recovering"}""", "postgresql-round-54321 is not ready (recovering): it was not promoted.")]
    [TestCase("""{"waiting?": false, "message": "failed", "error?": true}""", "postgresql-round-54321 is not ready (failed): it was not promoted.")]
    public async Task Refuses_a_database_that_is_not_ready(string status, string message)
    {
        await using var stub = await Ready();
        stub.On(WaitStatus, Reply.Ok(status));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default));

        Assert.That(e!.Message, Is.EqualTo(message));
        Assert.That(stub.Lines, Does.Not.Contain(Attach));
    }

    [Test]
    public async Task Refuses_a_follower()
    {
        await using var stub = await Ready();
        stub.On(Database, Reply.Ok(Sample.Database(following: "postgres://user:secret-password@db.example.com/name")));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default));

        Assert.That(e!.Message, Is.EqualTo("postgresql-round-54321 follows another database and would go on doing so: it was not promoted. Unfollow it first."));
        Assert.That(stub.Lines, Does.Not.Contain(Attach));
    }

    [Test]
    public async Task Is_judged_by_what_is_read_back()
    {
        await using var stub = await Ready();
        stub.On(Primary, Reply.Ok(Sample.Attachment("DATABASE")));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default));

        Assert.That(e!.Message, Is.EqualTo("postgresql-round-54321 is not the primary database of sushi: postgresql-flat-12345 is."));
    }

    [Test]
    public async Task Fails_with_the_release_of_the_change()
    {
        await using var stub = await Ready();
        stub.On($"GET /apps/sushi/releases/{Sample.ReleaseIdOf(53)}", Reply.Ok(Sample.Release(53, status: "failed", current: false, description: "Attach DATABASE")));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => stub.Connect().Databases.PromoteAsync(Sushi, "HEROKU_POSTGRESQL_SILVER", Patience, default));

        Assert.That(e!.Message, Is.EqualTo("v53 of sushi (Attach DATABASE): failed."));
    }

    [TestCase("DATABASE_URL", "postgresql-flat-12345")]
    [TestCase("HEROKU_POSTGRESQL_SILVER_URL", "postgresql-round-54321")]
    public async Task Takes_the_name_of_a_config_var(string name, string addon)
    {
        await using var stub = await Ready();
        stub.On(Resolve, Reply.Error(404, "not_found", "Couldn't find that add on attachment."));

        var found = await stub.Connect().Databases.FindAsync(Sushi, name, default);

        Assert.That(found.Addon.Name, Is.EqualTo(addon));
    }

    [Test]
    public async Task Refuses_a_name_of_several_databases()
    {
        await using var stub = await Ready();
        stub.On(Resolve, Reply.Ok($"[{Sample.Attachment("DATABASE")},{Silver}]"));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => stub.Connect().Databases.FindAsync(Sushi, "postgresql", default));

        Assert.That(e!.Message, Is.EqualTo("postgresql may mean postgresql-flat-12345 or postgresql-round-54321: name one."));
    }

    private static async Task<HerokuStub> Ready() => (await HerokuStub.StartAsync())
        .On(Resolve, Reply.Ok($"[{Silver}]"))
        .On(Attachments, Reply.Ok($"[{Sample.Attachment("DATABASE")},{Sample.Attachment("HEROKU_POSTGRESQL_YELLOW")},{Silver}]"))
        .On(WaitStatus, Reply.Ok("""{"waiting?": false, "message": "available"}"""))
        .On(Database, Reply.Ok(Sample.Database()))
        .On(Releases, Reply.Ok($"[{Sample.Release(51)}]"), Reply.Ok($"[{Sample.Release(53)}]"))
        .On(Attach, Reply.Json(201, SilverAsPrimary))
        .On($"GET /apps/sushi/releases/{Sample.ReleaseIdOf(53)}", Reply.Ok(Sample.Release(53)))
        .On(Primary, Reply.Ok(SilverAsPrimary));

    private static void AssertBodies(HerokuStub stub, params string[] bodies)
    {
        var sent = stub.Requests.Where(request => request.Line == Attach).Select(request => JsonNode.Parse(request.Body)).ToList();
        Assert.That(sent.Zip(bodies).All(pair => JsonNode.DeepEquals(pair.First, JsonNode.Parse(pair.Second))), Is.True, string.Join('\n', sent));
        Assert.That(sent, Has.Count.EqualTo(bodies.Length));
    }
}
