using System.Security.Cryptography;
using System.Text;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Tests.Journals;

/// <summary>The journal's copy can be read by people who must not read config vars.</summary>
public sealed class Fingerprinting_values
{
    [Test]
    public void Tells_equal_values_of_an_app_from_others()
    {
        var fingerprint = new Fingerprint("4bd1f6bb");

        Assert.That(fingerprint.Of("1234"), Is.EqualTo(new Fingerprint("4bd1f6bb").Of("1234")).And.Not.EqualTo(fingerprint.Of("1235")));
        Assert.That((fingerprint.OfSet(""), fingerprint.OfSet(null)), Is.EqualTo((fingerprint.Of(""), default(string))), "empty is not unset");
    }

    [Test]
    public void Gives_nobody_without_the_key_a_way_to_try_out_guesses()
    {
        var guess = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("1234")));

        Assert.That(new Fingerprint("4bd1f6bb").Of("1234"), Is.Not.EqualTo(guess[..16]).And.Not.EqualTo(new Fingerprint("another app").Of("1234")));
    }
}
