using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Databases;

public sealed class Backups
{
    private const string Capture = $"POST /client/v11/databases/{Sample.YellowId}/backups";
    private const string Restore = $"POST /client/v11/databases/{Sample.YellowId}/restores";
    private const string Transfers = "GET /client/v11/apps/sushi/transfers";
    private const string Transfer = "GET /client/v11/apps/sushi/transfers/33333333-89ab-cdef-0123-456789abcdef?verbose=true";

    private static readonly AppName Sushi = new("sushi");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly string Running = Sample.Transfer("null", "null");

    [Test]
    public async Task Are_done_when_they_have_finished_and_succeeded()
    {
        await using var stub = await Ready();
        stub.On(Transfer, Reply.Ok(Running), Reply.Ok(Running), Reply.Ok(Sample.Transfer()));

        var backup = await stub.Connect().Databases.CaptureAsync(Sushi, "DATABASE", Patience, default);

        Assert.That((backup.Name, backup.Succeeded, backup.ProcessedBytes), Is.EqualTo(("b001", true, 900L)));
        Assert.That(backup.StartedAt, Is.EqualTo(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task Fail_with_the_last_words_of_their_log()
    {
        await using var stub = await Ready();
        var logs = """, "logs": [{"created_at": "2026-01-01 12:00:00 +0000", "message": "pg_dump: disk full"}]""";
        stub.On(Transfer, Reply.Ok(Sample.Transfer("false", extra: logs)));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(
            () => stub.Connect().Databases.CaptureAsync(Sushi, "DATABASE", Patience, default));

        Assert.That(e!.Message, Is.EqualTo("sushi: b001 failed: pg_dump: disk full."));
    }

    [Test]
    public async Task Are_not_taken_for_done_when_they_take_too_long()
    {
        await using var stub = await Ready();
        stub.On(Transfer, Reply.Ok(Running));

        Assert.That(() => stub.Connect().Databases.CaptureAsync(Sushi, "DATABASE", Patience, default), Throws.InstanceOf<TimeoutException>()
            .With.Message.EqualTo("sushi: b001: 900 bytes so far, after 00:01:00. It may yet come to an end."));
    }

    [Test]
    public async Task Are_not_taken_for_done_when_nobody_answers()
    {
        await using var stub = await Ready();
        stub.On(Transfer, Reply.Error(500, "internal", "Oops"));

        await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Databases.CaptureAsync(Sushi, "DATABASE", Patience, default));
    }

    [Test]
    public async Task Are_restored_when_the_app_is_named_again()
    {
        await using var stub = await Ready();
        stub.On(Transfers, Reply.Ok($"[{Sample.Transfer()}]")).On(Restore, Reply.Ok(Running)).On(
            Transfer,
            Reply.Ok(Sample.Transfer(toType: "pg_restore")));

        var restore = await stub.Connect().Databases.RestoreAsync(Sushi, "b001", "DATABASE", "sushi", Patience, default);

        Assert.That(restore.Name, Is.EqualTo("r001"));
        Assert.That(
            stub.Requests.Single(request => request.Line == Restore).Body,
            Is.EqualTo("""{"backup_url":"https://backups.example.com/dump?signature=secret"}"""));
    }

    [Test]
    public async Task Are_not_restored_otherwise()
    {
        await using var stub = await Ready();

        Assert.That(
            () => stub.Connect().Databases.RestoreAsync(Sushi, "b001", "DATABASE", "shop", Patience, default),
            Throws.ArgumentException.With.Message.StartsWith(
                "Nothing was done: overwriting DATABASE of sushi has to be confirmed with 'sushi', not 'shop'."));
        Assert.That(stub.Requests, Is.Empty);
    }

    [Test]
    public async Task That_failed_are_not_restored()
    {
        await using var stub = await Ready();
        stub.On(Transfers, Reply.Ok($"[{Sample.Transfer("false")}]"));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(
            () => stub.Connect().Databases.RestoreAsync(Sushi, "b001", "DATABASE", "sushi", Patience, default));

        Assert.That(e!.Message, Is.EqualTo("Backup b001 of sushi has not succeeded: there is nothing to restore."));
    }

    [Test]
    public void Of_a_database_are_those_that_somebody_asked_for()
    {
        var app = new AppReference(new(Guid.NewGuid()), Sushi);
        var yellow = new AttachmentTarget(new(Guid.NewGuid()), "postgresql-flat-12345");
        Attachment At(string name, AttachmentTarget target) => new(new(Guid.NewGuid()), name, new(target.Id, target.Addon, app), app);
        Transfer By(int num, string? from) => new(new(Guid.NewGuid()), num, "pg_dump", "gof3r") { FromName = from };
        Attachment[] attachments = [At("DATABASE", yellow), At("HEROKU_POSTGRESQL_YELLOW", yellow), At(
            "SILVER",
            new(new(Guid.NewGuid()), "silver"))];
        Transfer[] all =
        [
            By(1, "DATABASE"), By(2, "YELLOW"), By(3, "HEROKU_POSTGRESQL_YELLOW"), By(4, "postgresql-flat-12345"),
            By(5, "SILVER"), By(6, null), By(7, "DATABASE") with { Schedule = new() }, By(8, "DATABASE") with { ToType = "pg_restore" },
        ];

        Assert.That(all.BackupsOf(yellow, attachments).Select(backup => backup.Num), Is.EqualTo(new[] { 1, 2, 3, 4 }));
    }

    [Test]
    public void Tell_the_first_moment_that_a_rollback_can_go_back_to()
    {
        var database = new Database(default, "silver", "standard-0") { Info = [new("Rollback", ["earliest from 2025-12-19 13:59 UTC"])] };

        Assert.That(database.EarliestRollback, Is.EqualTo(new DateTimeOffset(2025, 12, 19, 13, 59, 0, TimeSpan.Zero)));
        Assert.That((database with { Info = [new("Rollback", ["Unsupported"])] }).EarliestRollback, Is.Null);
        Assert.That((database with { Info = [] }).EarliestRollback, Is.Null);
    }

    private static async Task<HerokuStub> Ready() => (await HerokuStub.StartAsync())
        .On("GET /apps/sushi/addon-attachments", Reply.Ok($"[{Sample.Attachment("DATABASE")}]"))
        .On(Capture, Reply.Json(201, Running));
}
