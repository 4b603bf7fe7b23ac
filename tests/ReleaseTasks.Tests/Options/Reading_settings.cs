using ReleaseTasks.Options;

namespace ReleaseTasks.Tests.Options;

public sealed class Reading_settings
{
    private const string Sound = """
        "app": "sushi", "repository": "zupo/sushi", "leadingDevelopers": ["zupo"]
        """;

    [Test]
    public void Takes_a_sound_file_with_its_defaults()
    {
        var (options, problems) = Read($$"""{ {{Sound}}, "retention": "3.00:00:00", "deploymentWindow": { "to": "16:30" } }""");

        Assert.That(problems, Is.Empty);
        Assert.That(options.Project, Is.EqualTo("sushi"));
        Assert.That(options.Retention, Is.EqualTo(TimeSpan.FromDays(3)));
        Assert.That(options.DeploymentWindow, Is.EqualTo(new DeploymentWindowOptions { To = new(16, 30) }));
        Assert.That(options.Reviewers, Is.EqualTo(["zupo"]));
    }

    [Test]
    public void Lists_every_fault_at_once_with_its_place()
    {
        var (_, problems) = Read("""{ "app": "Sushi!", "repository": "sushi", "deploymentWindow": { "timeZone": "CEST", "from": "18:00" } }""");

        Assert.That(problems, Is.EqualTo(
        [
            "release.json: app: 'Sushi!' is not the name of a Heroku app (lower case letters, digits and dashes, 3 to 30 of them).",
            "release.json: repository: 'sushi' is not a GitHub repository. Write it as 'owner/name'.",
            "release.json: leadingDevelopers: name at least one: at least half of them have to approve a pull request.",
            "release.json: deploymentWindow: from 18:00 must be before to 17:00.",
            "release.json: deploymentWindow/timeZone: 'CEST' is not an IANA zone. Did you mean 'Europe/Ljubljana'?",
        ]));
    }

    [TestCase("""{ "aap": "x" }""", "release.json: aap: unknown setting. Did you mean 'app'?")]
    [TestCase("""{ "deploymentWindow": { "form": "08:00" } }""", "release.json: deploymentWindow/form: unknown setting. Did you mean 'from'?")]
    [TestCase("""{ "retention": "a week" }""", "release.json: retention: 'a week' is not a duration: write d.hh:mm:ss, such as 7.00:00:00 or 00:30:00.")]
    [TestCase("""{ "environment": "sandbx" }""", "release.json: environment: 'sandbx' is not one of production, sandbox. Did you mean 'sandbox'?")]
    [TestCase("""{ "ops": "dz0ny" }""", "release.json: ops: 'dz0ny' must be a list: [\"dz0ny\"].")]
    [TestCase("""{ "verify": "yes" }""", "release.json: verify: 'yes' must be an object: { … }.")]
    [TestCase("""{ "chat": { "people": "zupo" } }""", "release.json: chat/people: 'zupo' must be an object: { \"name\": \"value\" }.")]
    [TestCase("""{ "chat": { "people": { "zupo": ["U012AB3CD"] } } }""", "release.json: chat/people/zupo: must be a single value.")]
    [TestCase("[]", "release.json: must hold an object: { … }.")]
    [TestCase("{\n  nope\n}", "release.json: 2:3: not valid JSON.")]
    public void Says_what_a_setting_should_be(string json, string problem)
    {
        Assert.That(Read(json).Problems, Does.Contain(problem));
    }

    [Test]
    public void Says_where_a_missing_file_was_looked_for()
    {
        var (_, problems) = ReleaseSettings.Read("/nowhere/release.json", new Dictionary<string, string>());

        Assert.That(problems, Is.EqualTo(["release.json: not found in /nowhere. Write one (docs/operating.md), or name its folder with --working."]));
    }

    [Test]
    public void Lets_an_argument_win_over_the_file()
    {
        var (options, problems) = Read($$"""{ {{Sound}} }""", ("mainBranch", "main"), ("deploymentWindow:to", "15:00"));

        Assert.That(problems, Is.Empty);
        Assert.That((options.MainBranch, options.DeploymentWindow.To), Is.EqualTo(("main", new TimeOnly(15, 0))));
    }

    [Test]
    public void Knows_people_by_any_spelling_of_their_login()
    {
        var (options, problems) = Read(
            $$"""{ {{Sound}}, "chat": { "people": { "zupo": "U012AB3CD", "dz0ny": "ann@example.com" } } }""", ("chat:people:dz0ny", "W98765432"));

        Assert.That(problems, Is.Empty);
        Assert.That(options.Chat.FindPerson("@Zupo"), Is.EqualTo("U012AB3CD"));
        Assert.That(options.Chat.FindPerson("dz0ny"), Is.EqualTo("W98765432"), "an argument wins over the file");
        Assert.That(options.Chat.FindPerson("karantan"), Is.Null);
    }

    [TestCase("""{ "people": { "zu po": "U012AB3CD" } }""", "chat/people: 'zu po' is not a GitHub login.")]
    [TestCase(
        """{ "people": { "zupo": "zupo" } }""",
        "chat/people/zupo: 'zupo' is neither a Slack user id, such as U012AB3CD, nor an e-mail address.")]
    [TestCase(
        """{ "webhook": "{\"text\": 1}" }""",
        "chat/webhook: must be a JSON object in which a text holds {text}, such as {\"text\": \"{text}\"}.")]
    [TestCase(
        """{ "webhook": "{text}" }""",
        "chat/webhook: must be a JSON object in which a text holds {text}, such as {\"text\": \"{text}\"}.")]
    public void Says_what_is_wrong_with_the_chat(string chat, string problem) =>
        Assert.That(Read($$"""{ {{Sound}}, "chat": {{chat}} }""").Problems, Is.EqualTo([$"release.json: {problem}"]));

    [TestCase("app", true)]
    [TestCase("ops:0", true)]
    [TestCase("ops:zupo", false)]
    [TestCase("chat:people:zupo", true)]
    [TestCase("chat:slackchannel", true)]
    [TestCase("chat:channel", false)]
    [TestCase("app:zupo", false)]
    public void Tells_a_setting_from_another_argument(string argument, bool isOne) =>
        Assert.That(ReleaseSettings.IsSetting(argument), Is.EqualTo(isOne));

    private static (ReleaseOptions Options, IReadOnlyList<string> Problems) Read(string json, params (string Name, string Value)[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "release.json");
            File.WriteAllText(path, json);
            return ReleaseSettings.Read(path, arguments.ToDictionary(a => a.Name, a => a.Value, StringComparer.OrdinalIgnoreCase));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
