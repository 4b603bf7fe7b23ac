using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Http;

public sealed class Paging
{
    private static readonly AppName Sushi = new("sushi");

    [Test]
    public async Task Follows_next_range_to_the_end()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(
            "GET /client/v11/apps/sushi/transfers",
            new Reply(206, $"[{Sample.Transfer(num: "5")},{Sample.Transfer(num: "4")}]").With("Next-Range", "num ]4.."),
            new Reply(206, $"[{Sample.Transfer(num: "3")}]").With("Next-Range", "num ]3.."),
            Reply.Ok($"[{Sample.Transfer(num: "2")}]"));

        var transfers = await stub.Connect().Data.ListTransfersAsync(Sushi, default);

        Assert.That(transfers.Select(transfer => transfer.Num), Is.EqualTo([5, 4, 3, 2]));
        Assert.That(
            stub.Requests.Select(request => request.Headers.GetValueOrDefault("Range")),
            Is.EqualTo([null, "num ]4..", "num ]3.."]));
    }

    [Test]
    public async Task Takes_one_page_where_one_is_asked_for()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(
            "GET /apps/sushi/releases",
            new Reply(206, $"[{Sample.Release(53)}]").With("Next-Range", "version ]53..; max=1, order=desc"));

        var releases = await stub.Connect().Api.ListNewestReleasesAsync(Sushi, 1, default);

        Assert.That(releases.Single().Version, Is.EqualTo(53));
        Assert.That(stub.Requests.Single().Headers["Range"], Is.EqualTo("version ..; max=1, order=desc"));
    }

    [Test]
    public async Task Asks_each_page_for_the_same_fields()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(
            "GET /apps/sushi/addon-attachments",
            new Reply(206, $"[{Sample.Attachment("DATABASE")}]").With("Next-Range", "id ]DATABASE.."),
            Reply.Ok($"[{Sample.Attachment("HEROKU_POSTGRESQL_YELLOW")}]"));

        var attachments = await stub.Connect().Api.ListAttachmentsAsync(Sushi, default);

        Assert.That(attachments.Select(a => a.Addon.Plan!.Name), Is.All.EqualTo("heroku-postgresql:standard-0"));
        Assert.That(stub.Requests.Select(request => request.Headers["Accept-Inclusion"]), Is.All.EqualTo("addon:plan,config_vars"));
    }

    [Test]
    public async Task Repeats_a_page_and_not_the_list()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(
            "GET /apps",
            new Reply(206, $"[{Sample.App()}]").With("Next-Range", "id ]1.."),
            Reply.Error(503, "unavailable", "Down"),
            Reply.Ok($"[{Sample.App()}]"));

        var apps = await stub.Connect().Api.ListAppsAsync(default);

        Assert.That(apps, Has.Count.EqualTo(2));
        Assert.That(stub.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Gives_no_part_of_a_list()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps", new Reply(206, $"[{Sample.App()}]").With("Next-Range", "id ]1.."), Reply.Error(403, "forbidden", "No more"));

        var e = await Assert.ThrowsAsync<HerokuApiException>(() => stub.Connect().Api.ListAppsAsync(default));

        Assert.That(e!.Message, Is.EqualTo("Heroku refused GET /apps: No more (403 forbidden, request 4f1c-of-the-stub)."));
    }
}
