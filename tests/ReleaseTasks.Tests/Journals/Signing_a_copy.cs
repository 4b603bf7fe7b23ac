using ReleaseTasks.Journals;

namespace ReleaseTasks.Tests.Journals;

/// <summary>Whoever may push can write a copy; only who may release can sign one.</summary>
public sealed class Signing_a_copy
{
    private const string Scope = "zupo/sushi sushi-pr3";
    private const string Journal = """
        {"event":"rollout-started","rollout":"sushi-pr3","plan":"a \"mac\":\"quoted\" one"}
        {"event":"gates-opened","gates":[]}
        {"event":"step-started","step":"merge"}

        """;

    private static readonly JournalKey Key = JournalKey.Parse(new string('a', 64))!;
    private static readonly JournalKey Other = JournalKey.Parse(new string('b', 64))!;

    private static readonly string[] Lines = SignedCopy.Write(Journal, Scope, Key).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Test]
    public void Reads_back_what_was_signed()
    {
        var copy = Read(Lines);

        Assert.That((copy.Text, copy.WhyEvidence), Is.EqualTo((Journal, (string?)null)));
    }

    [Test]
    public void Keeps_each_line_a_line_of_json() =>
        Assert.That(() => Lines.Select(line => System.Text.Json.JsonDocument.Parse(line)).ToList(), Throws.Nothing);

    [Test]
    public void Cannot_tell_that_the_last_lines_are_missing() =>
        Assert.That(Read(Lines[..2]).WhyEvidence, Is.Null, "the rest is what was signed; the world has to tell");

    [Test]
    public void Refuses_a_line_that_was_changed() => AssertRefused([Lines[0], Lines[1].Replace("gates\":[]", "gates\":[\"x\"]", StringComparison.Ordinal), Lines[2]], 2, "isn't what was signed");

    [Test]
    public void Refuses_a_copy_without_one_of_its_lines() => AssertRefused([Lines[0], Lines[2]], 2, "isn't what was signed");

    [Test]
    public void Refuses_a_copy_without_its_beginning() => AssertRefused([Lines[1], Lines[2]], 1, "isn't what was signed");

    [Test]
    public void Refuses_lines_in_another_order() => AssertRefused([Lines[0], Lines[2], Lines[1]], 2, "isn't what was signed");

    [Test]
    public void Refuses_a_line_that_is_there_twice() => AssertRefused([Lines[0], Lines[0], Lines[1]], 2, "isn't what was signed");

    [Test]
    public void Refuses_an_unsigned_line_among_signed_ones() =>
        AssertRefused([.. Lines, """{"event":"rollout-finished"}"""], 4, "isn't signed");

    [Test]
    public void Refuses_a_line_of_another_key_among_them() =>
        AssertRefused([Lines[0], SignedCopy.Write(Journal, Scope, Other).Split('\n')[1]], 2, $"is signed with another key, {Other.Id}");

    [TestCase("zupo/sushi sushi-pr5")]
    [TestCase("zupo/sushi sushi-pr3-2")]
    [TestCase("lea/sushi sushi-pr3")]
    public void Refuses_the_copy_of_another_roll_out(string scope) => Assert.That(
        () => SignedCopy.Read(Text(Lines), scope, Key, "refs/x"), Throws.TypeOf<JournalException>().With.Message.Contains("refs/x:1:").And.Message.Contains("brought from another roll-out's copy"));

    [Test]
    public void Takes_for_evidence_what_nobody_vouches_for()
    {
        Assert.That(Read([.. Journal.Split('\n')]).WhyEvidence, Is.EqualTo("nobody signed it"));
        Assert.That(SignedCopy.Read(Text(Lines), Scope, null, "refs/x"), Is.EqualTo(new SignedCopy(Journal, "the app has no key that copies are signed with")));
        Assert.That(SignedCopy.Read(Text(Lines), Scope, Other, "refs/x").WhyEvidence, Is.EqualTo($"it was signed with an older key, " +
            $"{Key.Id}; the app's is {Other.Id} now"));
    }

    [Test]
    public void Signs_nothing_without_a_key() => Assert.That(SignedCopy.Write(Journal, Scope, null), Is.EqualTo(Journal));

    [Test]
    public void Makes_keys_that_are_keys() => Assert.That(JournalKey.Parse(JournalKey.Create())!.Id, Has.Length.EqualTo(8).And.Not.EqualTo(JournalKey.Parse(JournalKey.Create())!.Id));

    [TestCase("")]
    [TestCase("secret")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Takes_nothing_weaker_for_a_key(string value) => Assert.That(JournalKey.Parse(value), Is.Null);

    [Test]
    public void Fingerprints_values_with_another_secret_than_it_signs_with() =>
        Assert.That(Key.Fingerprint.Of("1234"), Is.EqualTo(Key.Fingerprint.Of("1234")).And.Not.EqualTo(Other.Fingerprint.Of("1234")).And.Not.EqualTo(new Fingerprint(new string('a', 64)).Of("1234")));

    private static SignedCopy Read(string[] lines) => SignedCopy.Read(Text(lines), Scope, Key, "refs/x");

    private static string Text(string[] lines) => string.Concat(lines.Where(line => line.Length > 0).Select(line => line + "\n"));

    private static void AssertRefused(string[] lines, int line, string why) => Assert.That(
        () => Read(lines), Throws.TypeOf<JournalException>().With.Message.StartsWith($"refs/x:{line}: ").And.Message.Contains(why).And.Message.Contains("Nothing was changed."));
}
