namespace Cake.Heroku.Tests.Connecting;

public sealed class NetrcFiles
{
    private string _home = "";

    [SetUp]
    public void CreateHome() => _home = Directory.CreateTempSubdirectory("netrc").FullName;

    [TearDown]
    public void DeleteHome() => Directory.Delete(_home, recursive: true);

    [TestCase("machine api.heroku.com login jim@example.com password found")]
    [TestCase("machine api.heroku.com\n  login jim@example.com\n  password found\nmachine git.heroku.com\n  password other\n")]
    [TestCase("machine git.heroku.com\r\n  password other\r\nmachine api.heroku.com\r\n  password found\r\n")]
    [TestCase("# machine api.heroku.com password other\nmachine api.heroku.com # mine\n  password found")]
    [TestCase("machine api.heroku.com login \"password other\" password \"found\"")]
    [TestCase("machine \"api.heroku.com\" account x password found")]
    [TestCase("machine example.com login password password machine\nmachine api.heroku.com password found")]
    [TestCase("machine example.com\nmacdef init\nmachine api.heroku.com\npassword other\n\nmachine api.heroku.com password found")]
    [TestCase("machine example.com password other default login x password found")]
    public void Give_the_token(string text)
    {
        Assert.That(TokenIn(".netrc", text), Is.EqualTo("found"));
    }

    [TestCase("machine api.heroku.com password \"a \\\"b\\\" #\\\\c\"", "a \"b\" #\\c")]
    [TestCase("machine api.heroku.com password #abc", "#abc")]
    public void Quote_what_has_blanks(string text, string token)
    {
        Assert.That(TokenIn(".netrc", text), Is.EqualTo(token));
    }

    [Test]
    public void May_have_windows_name()
    {
        Assert.That(TokenIn("_netrc", "machine api.heroku.com password found"), Is.EqualTo("found"));
    }

    [Test]
    public void May_be_anywhere()
    {
        var file = Path.Combine(_home, "elsewhere");
        File.WriteAllText(file, "machine api.heroku.com password found");

        var settings = HerokuSettings.FromEnvironment(new Dictionary<string, string> { ["NETRC"] = file, ["HOME"] = "/nowhere" });

        Assert.That(settings.Token.Reveal(), Is.EqualTo("found"));
    }

    [Test]
    public void Come_after_the_variable()
    {
        File.WriteAllText(Path.Combine(_home, ".netrc"), "machine api.heroku.com password other");

        var settings = HerokuSettings.FromEnvironment(new Dictionary<string, string> { ["HEROKU_API_KEY"] = "found", ["HOME"] = _home });

        Assert.That(settings.Token.Reveal(), Is.EqualTo("found"));
    }

    [TestCase("machine git.heroku.com password other")]
    [TestCase("machine api.heroku.com login jim@example.com")]
    [TestCase("machine api.heroku.com password")]
    [TestCase("")]
    public void Without_a_token_are_told_about_with_both_ways_to_give_one(string text)
    {
        var file = Path.Combine(_home, ".netrc");

        Assert.That(() => TokenIn(".netrc", text), Throws.InstanceOf<HerokuConfigurationException>().With.Message.EqualTo(
            $"No token for api.heroku.com. Set HEROKU_API_KEY, or run `heroku login`, which writes 'machine api.heroku.com' into {file}."));
    }

    private string TokenIn(string name, string text)
    {
        File.WriteAllText(Path.Combine(_home, name), text);
        return HerokuSettings.FromEnvironment(new Dictionary<string, string> { ["HOME"] = _home }).Token.Reveal();
    }
}
