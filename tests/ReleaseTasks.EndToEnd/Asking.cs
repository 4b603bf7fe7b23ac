namespace ReleaseTasks.EndToEnd;

/// <summary>What the program tells without doing anything.</summary>
[Platform(Exclude = "Win")]
public sealed class Asking
{
    [Test]
    public async Task For_the_version_ends_well()
    {
        await using var checkout = await Checkout.CreateAsync(default);

        var run = await checkout.RunAsync("--version");

        Assert.That(run, Has.Property("ExitCode").Zero.And.Property("Output").Not.Empty, run.ToString());
    }

    [Test]
    public async Task For_the_tree_shows_what_a_test_run_needs_first()
    {
        await using var checkout = await Checkout.CreateAsync(default);

        var run = await checkout.RunAsync("--tree");

        Assert.That(run.Output, Does.Contain("Test\n├─Tools\n└─Compile"), run.ToString());
    }

    [Test]
    public async Task For_the_descriptions_finds_one_beside_every_task()
    {
        await using var checkout = await Checkout.CreateAsync(default);

        var run = await checkout.RunAsync("--description");

        Assert.That(run.Lines, Has.Some.Match("Pack +Make the NuGet packages"), run.ToString());
    }

    [Test]
    public async Task Leaves_no_trace_in_the_checkout()
    {
        await using var checkout = await Checkout.CreateAsync(default);
        var before = Directory.GetFileSystemEntries(checkout.Folder);

        await checkout.RunAsync("--tree");

        Assert.That(Directory.GetFileSystemEntries(checkout.Folder), Is.EquivalentTo(before));
    }
}
