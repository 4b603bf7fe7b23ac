namespace Cake.Heroku.Tests.Connecting;

public sealed class Addresses
{
    [TestCase(null, null, "https://api.heroku.com/", "https://api.data.heroku.com/")]
    [TestCase("", "", "https://api.heroku.com/", "https://api.data.heroku.com/")]
    [TestCase(
        "https://api.staging.herokudev.com",
        "data.staging.herokudev.com",
        "https://api.staging.herokudev.com/",
        "https://data.staging.herokudev.com/")]
    [TestCase("http://127.0.0.1:5000", "127.0.0.1", "http://127.0.0.1:5000/", "http://127.0.0.1:5000/")]
    [TestCase("http://127.0.0.1:5000/", "127.0.0.2", "http://127.0.0.1:5000/", "http://127.0.0.2:5000/")]
    [TestCase("http://localhost:5000", "localhost", "http://localhost:5000/", "http://localhost:5000/")]
    public void Are_those_of_the_environment(string? host, string? dataHost, string api, string data)
    {
        var settings = HerokuSettings.FromEnvironment(Environment(host, dataHost));

        Assert.That((settings.Host.AbsoluteUri, settings.DataHost.AbsoluteUri), Is.EqualTo((api, data)));
    }

    [TestCase(
        "http://api.heroku.com",
        null,
        "HEROKU_HOST: 'http://api.heroku.com' would send the token unencrypted to another machine. Write https://.")]
    [TestCase(
        "localhost:5000",
        null,
        "HEROKU_HOST: 'localhost:5000' is not an address. Write it with its scheme, such as https://api.heroku.com.")]
    [TestCase(
        "api.heroku.com",
        null,
        "HEROKU_HOST: 'api.heroku.com' is not an address. Write it with its scheme, such as https://api.heroku.com.")]
    [TestCase(
        "http://127.0.0.1:5000",
        "127.0.0.1:5000",
        "HEROKU_DATA_HOST: '127.0.0.1:5000' is not the name of a host. Write it without scheme and port.")]
    [TestCase(
        "https://api.heroku.com",
        "http://127.0.0.1",
        "HEROKU_DATA_HOST: 'http://127.0.0.1' is not the name of a host. Write it without scheme and port.")]
    [TestCase(
        "http://127.0.0.1:5000",
        null,
        "HEROKU_DATA_HOST: HEROKU_HOST is on this machine (127.0.0.1:5000), but the data service would be api.data.heroku.com. "
            + "Set HEROKU_DATA_HOST to 127.0.0.1.")]
    public void Are_refused_where_a_token_must_not_go(string host, string? dataHost, string message)
    {
        Assert.That(
            () => HerokuSettings.FromEnvironment(Environment(host, dataHost)),
            Throws.InstanceOf<HerokuConfigurationException>().With.Message.EqualTo(message));
    }

    private static Dictionary<string, string> Environment(string? host, string? dataHost) => new()
    {
        ["HEROKU_HOST"] = host ?? "",
        ["HEROKU_DATA_HOST"] = dataHost ?? "",
        ["HEROKU_API_KEY"] = "not-a-token",
    };
}
