using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>The official CLI has all the time in the world, and no more to go by than the add-on's state.</summary>
public sealed class WaitingForAddOns
{
    [Test]
    public async Task Waits_until_an_add_on_is_there()
    {
        await using var heroku = await CliHost.StartAsync(provisioning: 5);

        var created = await heroku.RunAsync("addons:create", "heroku-postgresql:standard-0", "--name", "rice", "--as", "RICE");
        var before = heroku.Read(w => w.FindAddOn("rice")!.State);
        var waited = await heroku.RunAsync("addons:wait", "rice", "--wait-interval", "1");

        Assert.That((created.ExitCode, waited.ExitCode), Is.EqualTo((0, 0)), $"{created}{waited}");
        Assert.That(created.ToString(), Does.Contain("rice is being created in the background"));
        Assert.That(waited.ToString(), Does.Contain("Creating rice... done").And.Contain("Created rice as RICE_URL"));
        Assert.That((before, heroku.Read(w => w.FindAddOn("rice")!.State)), Is.EqualTo((AddOnState.Provisioning, AddOnState.Provisioned)));
        Assert.That(heroku.Sushi.ConfigVars, Contains.Key("RICE_URL"));
    }

    [Test]
    public async Task Hears_that_an_add_on_never_came()
    {
        await using var heroku = await CliHost.StartAsync("provisioning: fail");

        var created = await heroku.RunAsync("addons:create", "heroku-postgresql:standard-0", "--name", "rice", "--wait");

        Assert.That(created.ExitCode, Is.EqualTo(1), created.ToString());
        Assert.That(created.Errors, Does.Contain("The add-on was unable to be created, with status deprovisioned"));
        Assert.That(heroku.Sushi.ConfigVars.Keys, Has.None.EqualTo("HEROKU_POSTGRESQL_SILVER_URL"));
    }
}
