using System.Text.Json;

namespace Cake.Heroku.Tests.Ids;

public sealed class Ids
{
    private const string Uuid = "01234567-89ab-cdef-0123-456789abcdef";

    private static readonly HerokuId<Release> Release = new(Guid.Parse(Uuid));

    [Test]
    public void Are_the_uuid_alone_in_json_and_in_text()
    {
        Assert.That(JsonSerializer.Serialize(Release), Is.EqualTo($"\"{Uuid}\""));
        Assert.That(JsonSerializer.Deserialize<HerokuId<Release>>($"\"{Uuid}\""), Is.EqualTo(Release));
        Assert.That($"{Release}", Is.EqualTo(Uuid));
    }

    [Test]
    public void Refuse_what_is_no_uuid() =>
        Assert.That(() => JsonSerializer.Deserialize<HerokuId<Release>>("\"v51\""), Throws.InstanceOf<JsonException>());

    [TestCase("sushi", true)]
    [TestCase("abc", true)]
    [TestCase("01234567-89ab-cdef-0123-456789abcdef", true, Description = "an app's id")]
    [TestCase("ab", false)]
    [TestCase("sushi\n", false)]
    [TestCase("Sushi", false)]
    [TestCase("1sushi", false)]
    [TestCase("sushi-", false)]
    [TestCase("a/../b", false)]
    public void Of_apps_are_names_that_heroku_gives(string text, bool isGood) =>
        Assert.That(() => new AppName(text), isGood ? Throws.Nothing : Throws.ArgumentException);
}
