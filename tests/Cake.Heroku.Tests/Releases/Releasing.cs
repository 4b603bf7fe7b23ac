using Cake.Heroku.Tests.Samples;
using Cake.Heroku.Tests.Stub;

namespace Cake.Heroku.Tests.Releases;

public sealed class Releasing
{
    private const string Releases = "GET /apps/sushi/releases";

    private static readonly AppName Sushi = new("sushi");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Rolls_back_to_the_end_of_the_release_phase()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi/releases/51", Reply.Ok(Sample.Release(51)))
            .On("POST /apps/sushi/releases", Reply.Json(201, Sample.Release(53, status: "pending", current: false)))
            .On(
                $"GET /apps/sushi/releases/{Sample.ReleaseIdOf(53)}",
                Reply.Ok(Sample.Release(53, status: "pending", current: false)),
                Reply.Ok(Sample.Release(53)));

        var release = await stub.Connect().Releases.RollBackAsync(Sushi, 51, Patience, default);

        Assert.That((release.Version, release.Current), Is.EqualTo((53, true)));
    }

    [Test]
    public async Task Does_not_take_a_failed_release_phase_for_a_success()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi/releases/51", Reply.Ok(Sample.Release(51)))
            .On("POST /apps/sushi/releases", Reply.Json(201, Sample.Release(53, status: "pending", current: false)))
            .On(
                $"GET /apps/sushi/releases/{Sample.ReleaseIdOf(53)}",
                Reply.Ok(Sample.Release(53, status: "failed", current: false, description: "Rollback to v51")));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() => stub.Connect().Releases.RollBackAsync(Sushi, 51, Patience, default));

        Assert.That(e!.Message, Is.EqualTo("sushi: v53 (Rollback to v51) failed."));
    }

    [Test]
    public async Task Rolls_back_to_the_second_eligible_release_when_none_is_named()
    {
        await using var stub = await HerokuStub.StartAsync();
        string[] releases =
        [
            Sample.Release(54), Sample.Release(
                53,
                current: false,
                eligible: false), Sample.Release(52, current: false), Sample.Release(51, current: false),
        ];
        stub.On(Releases, Reply.Ok($"[{string.Join(',', releases)}]"))
            .On("POST /apps/sushi/releases", Reply.Json(201, Sample.Release(55)))
            .On($"GET /apps/sushi/releases/{Sample.ReleaseIdOf(55)}", Reply.Ok(Sample.Release(55)));

        await stub.Connect().Releases.RollBackAsync(Sushi, version: null, Patience, default);

        Assert.That(
            stub.Requests.Single(request => request.Method == "POST").Body,
            Is.EqualTo($$"""{"release":"{{Sample.ReleaseIdOf(52)}}"}"""));
    }

    [Test]
    public async Task Waits_for_the_release_that_a_config_change_makes()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(
                Releases,
                Reply.Ok($"[{Sample.Release(51)}]"),
                Reply.Ok($"[{Sample.Release(52, status: "pending", current: false)}]"),
                Reply.Ok($"[{Sample.Release(52, status: "failed", current: false, description: "Set MYVAR config vars")}]"))
            .On("PATCH /apps/sushi/config-vars", Reply.Ok("""{"MYVAR": "new"}"""));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(() =>
            stub.Connect().Releases.ChangeConfigVarsAsync(Sushi, new Dictionary<string, string?> { ["MYVAR"] = "new" }, Patience, default));

        Assert.That(e!.Message, Is.EqualTo("sushi: v52 (Set MYVAR config vars) failed."));
    }

    [Test]
    public async Task Asks_nothing_of_an_old_failure_when_a_change_makes_no_release()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(Releases, Reply.Ok($"[{Sample.Release(51, status: "failed", current: false)}]"))
            .On("PATCH /apps/sushi/config-vars", Reply.Ok("""{"MYVAR": "same"}"""));

        await stub.Connect().Releases.ChangeConfigVarsAsync(
            Sushi,
            new Dictionary<string, string?> { ["MYVAR"] = "same" },
            Patience,
            default);

        Assert.That(stub.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Waits_until_an_addon_is_provisioned_and_its_database_ready()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On(
            "GET /apps/sushi/addons/SILVER",
            Reply.Ok(Sample.Addon(state: "provisioning")),
            Reply.Ok(Sample.Addon(state: "newfangled")),
            Reply.Ok(Sample.Addon()))
            .On(
                $"GET /client/v11/databases/{Sample.YellowId}/wait_status",
                Reply.Ok("""{"waiting?": true, "message": "preparing"}"""),
                Reply.Ok("""{"waiting?": false, "message": "available"}"""));
        var time = new HastyTime();

        await stub.Connect(time).Waiting.ForAddonAsync(Sushi, "SILVER", Patience, default);

        Assert.That(stub.Requests, Has.Count.EqualTo(5));
        Assert.That(time.Pauses, Is.EqualTo(Enumerable.Repeat(TimeSpan.FromSeconds(5), 3)));
    }

    [Test]
    public async Task Notices_that_an_addon_was_given_up()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("GET /apps/sushi/addons/SILVER", Reply.Ok(Sample.Addon(state: "deprovisioned")));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(
            () => stub.Connect().Waiting.ForAddonAsync(Sushi, "SILVER", Patience, default));

        Assert.That(e!.Message, Is.EqualTo("sushi: add-on postgresql-flat-12345 is deprovisioned."));
    }

    [Test]
    public async Task Destroys_an_addon_when_the_app_is_named_again()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("POST /actions/addons/resolve", Reply.Ok($"[{Sample.Addon()}]")).On(
            $"DELETE /apps/sushi/addons/{Sample.YellowId}",
            Reply.Ok(Sample.Addon(state: "deprovisioned")));
        var addons = stub.Connect().Addons;

        Assert.That(() => addons.DestroyAsync(Sushi, "SILVER", "", default), Throws.ArgumentException);
        Assert.That(stub.Requests, Is.Empty);
        await addons.DestroyAsync(Sushi, "SILVER", "sushi", default);

        Assert.That(stub.Lines, Does.Contain($"DELETE /apps/sushi/addons/{Sample.YellowId}"));
    }

    [Test]
    public async Task Notices_that_an_addon_was_not_destroyed()
    {
        await using var stub = await HerokuStub.StartAsync();
        stub.On("POST /actions/addons/resolve", Reply.Ok($"[{Sample.Addon()}]")).On(
            $"DELETE /apps/sushi/addons/{Sample.YellowId}",
            Reply.Ok(Sample.Addon()));

        var e = await Assert.ThrowsAsync<HerokuFailedException>(
            () => stub.Connect().Addons.DestroyAsync(Sushi, "SILVER", "sushi", default));

        Assert.That(e!.Message, Is.EqualTo("postgresql-flat-12345 of sushi was not destroyed: it is provisioned."));
    }
}
