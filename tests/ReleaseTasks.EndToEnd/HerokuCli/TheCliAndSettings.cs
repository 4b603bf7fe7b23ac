namespace ReleaseTasks.EndToEnd.HerokuCli;

/// <summary>What an app is built with and for, what it's called and who is told: none of it is a release.</summary>
public sealed class TheCliAndSettings : CliTest
{
    [TearDown]
    public void Has_released_nothing() => Assert.That(Heroku.Sushi.Releases, Has.Count.EqualTo(4));

    [Test]
    public async Task Moves_the_app_to_another_stack()
    {
        var set = await Heroku.RunAsync("stack:set", "heroku-22");
        var stacks = await Heroku.SucceedAsync("stack");
        var unknown = await Heroku.RunAsync("stack:set", "heroku-1");

        Assert.That((set.ExitCode, unknown.ExitCode), Is.EqualTo((0, 2)), $"{set}{unknown}");
        Assert.That(set.Output, Does.Contain("You will need to redeploy").And.Contain("for the change to take effect"));
        Assert.That(stacks, Does.Contain("* heroku-24").And.Contain("  heroku-22 (active on next deploy)"));
        Assert.That((Heroku.Sushi.Stack, Heroku.Sushi.BuildStack), Is.EqualTo(("heroku-24", "heroku-22")));
    }

    [Test]
    public async Task Puts_buildpacks_in_their_order_and_takes_them_away()
    {
        var none = await Heroku.SucceedAsync("buildpacks");
        await Heroku.SucceedAsync("buildpacks:set", "heroku/python");
        await Heroku.SucceedAsync("buildpacks:add", "--index", "1", "https://github.com/example/first");
        var both = await Heroku.SucceedAsync("buildpacks");
        var unknown = await Heroku.RunAsync("buildpacks:add", "heroku/cobol");
        await Heroku.SucceedAsync("buildpacks:remove", "https://github.com/example/first");
        var one = await Heroku.SucceedAsync("buildpacks");
        await Heroku.SucceedAsync("buildpacks:clear");

        Assert.That(none, Does.Contain("sushi has no Buildpacks"));
        Assert.That(both, Does.Contain("1. https://github.com/example/first").And.Contain("2. heroku/python"));
        Assert.That(one, Does.Contain("heroku/python").And.Not.Contain("example"));
        Assert.That(unknown.ExitCode, Is.Not.Zero, unknown.ToString());
        Assert.That(Heroku.Sushi.Buildpacks, Is.Empty);
    }

    [Test]
    public async Task Gives_the_app_domains_of_its_own()
    {
        var added = await Heroku.RunAsync("domains:add", "www.example.com", "--wait");
        var twice = await Heroku.RunAsync("domains:add", "www.example.com");
        var domains = await Heroku.SucceedAsync("domains");
        var info = await Heroku.SucceedAsync("domains:info", "www.example.com");
        await Heroku.SucceedAsync("domains:wait");
        await Heroku.SucceedAsync("domains:add", "shop.example.com");
        await Heroku.SucceedAsync("domains:remove", "www.example.com");
        var left = Heroku.Sushi.Domains.ConvertAll(domain => domain.Hostname);
        await Heroku.SucceedAsync("domains:clear");

        Assert.That((added.ExitCode, twice.ExitCode == 0), Is.EqualTo((0, false)), $"{added}{twice}");
        Assert.That(domains, Does.Contain("=== sushi Heroku Domain").And.Contain("sushi.localhost").And.Match(@"www\.example\.com\s+CNAME\s+\w+\.herokudns\.com"));
        Assert.That(info, Does.Match(@"kind:\s+custom").And.Match(@"hostname:\s+www\.example\.com"));
        Assert.That((left, Heroku.Sushi.Domains), Is.EqualTo((new[] { "shop.example.com" }, Array.Empty<object>())));
    }

    [Test]
    public async Task Sends_the_log_to_drains()
    {
        await Heroku.SucceedAsync("drains:add", "https://logs.example.com/sushi");
        await Heroku.SucceedAsync("drains:add", "syslog+tls://logs.example.com:6514");
        var drains = await Heroku.SucceedAsync("drains");
        await Heroku.SucceedAsync("drains:remove", "https://logs.example.com/sushi");
        await Heroku.SucceedAsync("drains:remove", Heroku.Sushi.Drains.Single().Token);

        Assert.That(drains, Does.Match(@"https://logs\.example\.com/sushi \(d\.[0-9a-f-]+\)").And.Contain("syslog+tls://logs.example.com:6514"));
        Assert.That(Heroku.Sushi.Drains, Is.Empty);
    }

    [Test]
    public async Task Switches_features_that_are_in_the_labs()
    {
        await Heroku.SucceedAsync("labs:enable", "runtime-dyno-metadata");
        await Heroku.SucceedAsync("labs:enable", "app-alerting");
        var labs = await Heroku.SucceedAsync("labs");
        var info = await Heroku.SucceedAsync("labs:info", "runtime-dyno-metadata");
        await Heroku.SucceedAsync("labs:disable", "runtime-dyno-metadata");
        var general = await Heroku.SucceedAsync("features");

        Assert.That(labs, Does.Contain("[+] app-alerting").And.Contain("[+] runtime-dyno-metadata").And.Contain("[ ] log-runtime-metrics").And.Not.Contain("preboot"));
        Assert.That(info, Does.Match(@"Enabled:\s+true"));
        Assert.That(general, Does.Contain("[ ] preboot").And.Not.Contain("log-runtime-metrics"));
        Assert.That((Heroku.Sushi.Features, Heroku.Read(w => w.Accounts[0].Features)), Is.EqualTo((Array.Empty<string>(), new[] { "app-alerting" })));
    }

    [Test]
    public async Task Tells_others_by_webhooks()
    {
        var added = await Heroku.SucceedAsync("webhooks:add", "-i", "api:release, api:build", "-l", "notify", "-u", "https://example.com/hooks");
        var wrong = await Heroku.RunAsync("webhooks:add", "-i", "api:weather", "-l", "notify", "-u", "https://example.com/hooks");
        var id = Heroku.Sushi.Webhooks.Single().Id.ToString();
        var webhooks = await Heroku.SucceedAsync("webhooks");
        await Heroku.SucceedAsync("webhooks:update", id, "-i", "dyno", "-l", "sync", "-u", "https://example.com/other");
        var info = await Heroku.SucceedAsync("webhooks:info", id);
        var deliveries = await Heroku.SucceedAsync("webhooks:deliveries");
        await Heroku.SucceedAsync("webhooks:remove", id);

        Assert.That(added, Does.Contain("=== Webhooks Signing Secret").And.Match("[0-9a-f]{64}"));
        Assert.That(wrong.Errors, Does.Contain("there is no api:weather"));
        Assert.That(webhooks, Does.Contain(id).And.Contain("api:release,api:build"));
        Assert.That(info, Does.Match(@"Include:\s+dyno").And.Match(@"Level:\s+sync").And.Match(@"URL:\s+https://example.com/other"));
        Assert.That(deliveries, Does.Contain("has no deliveries"));
        Assert.That(Heroku.Sushi.Webhooks, Is.Empty);
    }
}
