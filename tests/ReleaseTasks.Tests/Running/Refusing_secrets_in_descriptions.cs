namespace ReleaseTasks.Tests.Running;

/// <summary>What the app keeps secret has no business in a text that everybody reads: it is refused, never edited.</summary>
public sealed class Refusing_secrets_in_descriptions
{
    private const string Secret = "n0b0dy-kn0ws-th1s";

    private Stage _stage = null!;
    private string _description = null!;

    [SetUp]
    public async Task Give_the_app_a_secret()
    {
        _stage = await Stage.SetAsync();
        await _stage.HerokuAsync(HttpMethod.Patch, "/apps/sushi/config-vars", new { MAIL_PASSWORD = Secret, GREETING = "hello-0ur-sush1" });
        _description = await DescriptionAsync();
    }

    [TearDown]
    public async Task Leave_the_stage() => await _stage.DisposeAsync();

    [Test]
    public async Task Names_the_line_and_not_the_secret()
    {
        var lines = _description.Split('\n').Length;
        await DescribeAsync($"{_description}\nby the way: {Secret}");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => _stage.RunAsync(run => run.CheckPlanAsync(default)));

        Assert.That(refused!.Message, Does.Contain($"#3:{lines + 1}:1: This looks like what a config var of the app holds"));
        Assert.That(refused.Message, Does.Not.Contain(Secret));
        Assert.That(await DescriptionAsync(), Does.EndWith(Secret), "byte for byte its author's");
    }

    [Test]
    public async Task Leaves_values_alone_whose_name_says_nothing_of_a_secret()
    {
        await DescribeAsync($"{_description}\nby the way: hello-0ur-sush1");

        Assert.That(await _stage.RunAsync(run => run.CheckPlanAsync(default)), Does.Contain("nothing to put right"));
    }

    [Test]
    public async Task Opens_no_pull_request_with_one()
    {
        await _stage.PushAsync("greeting", "greeting.txt", "hello", "A greeting");
        await File.WriteAllTextAsync(Path.Combine(_stage.Folder, "plan.md"), $"{_description}\nby the way: {Secret}");

        var refused = await Assert.ThrowsAsync<RefusedException>(() => CreateAsync("A greeting"));
        var refusedTitle = await Assert.ThrowsAsync<RefusedException>(() => CreateAsync($"A greeting, {Secret}"));

        Assert.That(refused!.Message, Does.Contain("what a config var of the app holds").And.Not.Contain(Secret));
        Assert.That(refusedTitle!.Message, Does.Not.Contain(Secret));
        Assert.That((await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls"))!.AsArray(), Has.Count.EqualTo(1));
    }

    private Task CreateAsync(string title) =>
        _stage.RunAsync(run => run.CreatePullRequestAsync(() => "greeting", default), ("plan", "plan.md"), ("title", title));

    private Task DescribeAsync(string body) => _stage.GitHubAsync(HttpMethod.Patch, "/repos/zupo/sushi/pulls/3", new { body });

    private async Task<string> DescriptionAsync() =>
        (await _stage.GitHubAsync(HttpMethod.Get, "/repos/zupo/sushi/pulls/3"))["body"]!.GetValue<string>();
}
