using ReleaseTasks.Redaction;

namespace ReleaseTasks.Tests.Redaction;

public sealed class Quoting_foreign_text
{
    [Test]
    public void Leaves_a_short_one_as_it_is() =>
        Assert.That(ForeignText.Quote("ValueError: žiga is no number"), Is.EqualTo("ValueError: žiga is no number"));

    [Test]
    public void Cuts_a_long_one_and_says_how_long_it_was()
    {
        var quoted = ForeignText.Quote("ValueError: " + new string('x', 10_009_246));

        Assert.That(quoted, Does.StartWith("ValueError: xxx").And.EndWith("xxx… (10,009,258 characters)"));
        Assert.That(quoted.IndexOf('…', StringComparison.Ordinal), Is.EqualTo(500));
    }

    [Test]
    public void Never_takes_a_character_apart() => Assert.That(
        ForeignText.Quote("x" + string.Concat(Enumerable.Repeat("😀", 300))),
        Does.StartWith("x😀").And.EndWith("😀… (601 characters)"));

    [Test]
    public void Makes_one_line_of_it_in_which_nothing_is_obeyed() => Assert.That(
        ForeignText.Quote("\u001b[31mred\nnext\r\n\tlast\u0000\u0085\u202e"),
        Is.EqualTo(@"\x1b[31mred\nnext\r\n\tlast\x00\u0085\u202e"));

    [Test]
    public void Takes_our_own_words_as_they_are()
    {
        var list = string.Join('\n', Enumerable.Range(1, 100).Select(number => $"plan:{number}: something to put right"));

        Assert.That(ForeignText.WordsOf(new RefusedException(list)), Is.EqualTo(list));
        Assert.That(ForeignText.WordsOf(new InvalidDataException(new string('x', 600))), Does.EndWith("… (600 characters)"));
    }
}
