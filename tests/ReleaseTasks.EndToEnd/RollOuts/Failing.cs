namespace ReleaseTasks.EndToEnd.RollOuts;

/// <summary>A roll-out that can't be finished: the exit code says how it ended, the screen what state things are in.</summary>
[Platform(Exclude = "Win")]
public sealed class Failing
{
    /// <summary>The rollback database's attachment is a release of its own; the next one is the deploy.</summary>
    private const string FailingReleasePhase = """[{ "On": "release phase", "Do": "fail", "After": 1 }]""";

    [Test]
    public async Task In_the_release_phase_stops_with_the_old_release_current_and_the_app_closed()
    {
        await using var checkout = await CheckoutWithAsync(FailingReleasePhase);

        var run = await checkout.RunAsync("--target=Deploy");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Output, Does.Contain("its release phase did not succeed").And.Contain("closed: maintenance is on").And.Contain("Next: ./build.sh --target=Rollback --confirm=sushi"));
        await using var witness = await Witness.OfAsync(checkout);
        var releases = (await witness.HerokuApiAsync("/apps/sushi/releases")).AsArray();
        Assert.That(releases.Single(release => release!["current"]!.GetValue<bool>())!["description"]!.GetValue<string>(), Does.Not.StartWith("Deploy"));
        Assert.That((await witness.HerokuApiAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>(), Is.True, "the schema may be half way");
        await witness.EndAsync();
    }

    [Test]
    public async Task With_a_rollback_asked_for_ends_as_it_was_found()
    {
        await using var checkout = await CheckoutWithAsync("""[{ "On": "PATCH /apps/sushi", "Do": "answer", "Status": 403 }]""");

        var run = await checkout.RunAsync("--target=Deploy", "--on-failure=rollback");

        Assert.That(run.ExitCode, Is.EqualTo(4), run.ToString());
        Assert.That(run.Errors, Does.Contain("MaintenanceOn failed and was undone"));
        await using var witness = await Witness.OfAsync(checkout);
        Assert.That((await witness.HerokuApiAsync("/apps/sushi"))["maintenance"]!.GetValue<bool>(), Is.False);
        Assert.That((await witness.HerokuApiAsync("/apps/sushi/addons")).AsArray(), Has.Count.EqualTo(1), "nothing was released: the rollback database is gone again");
        await witness.EndAsync();
    }

    [Test]
    public async Task At_a_gate_changes_nothing_and_shows_every_answer()
    {
        await using var checkout = await Checkout.CreateAsync(default);

        var run = await checkout.RunAsync("--target=Deploy", "--approvals:requiredChecks:0=ci/build");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Output, Does.Contain("!! gate 'checks' is closed").And.Contain("ok gate 'approved' is open"));
        Assert.That(run.Errors, Does.Contain("1 of 19 gates is closed. Nothing was changed."));
        Assert.That(Directory.Exists(checkout.PathOf(".release")), Is.False);
    }

    private static async Task<Checkout> CheckoutWithAsync(string faults)
    {
        var checkout = await Checkout.CreateAsync(default);
        Directory.CreateDirectory(checkout.PathOf(".sandbox"));
        await File.WriteAllTextAsync(checkout.PathOf(".sandbox", "faults.json"), faults);
        return checkout;
    }
}
