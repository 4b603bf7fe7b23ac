using System.Text.Json;
using ReleaseTasks.Journals;

namespace ReleaseTasks.Tests.Journals;

/// <summary>Paths and refs are made of it.</summary>
public sealed class Naming_a_roll_out
{
    private static readonly string[] None =
    [
        "", "sushi", "sushi-pr", "sushi-pr0", "sushi-pr03", "sushi-pr3-1", "sushi-pr3-0", "sushi-pr3-", "Sushi-pr3", "../../x", "sushi-pr3/../x", "sushi-pr3\n", " sushi-pr3",
        "sushi-pr3.lock", "sushi-pr3-2-2", "s\u0000-pr3", "-pr3", "sushi-pr99999999999", "sushi-26-11-23",
    ];

    [TestCase("sushi-pr3", "sushi", 3, 1)]
    [TestCase("sushi-pr3-2", "sushi", 3, 2)]
    [TestCase("sushi-pr3-17", "sushi", 3, 17)]
    [TestCase("sushi-pr3-pr5", "sushi-pr3", 5, 1)]
    [TestCase("sushi-2026-11-23", "sushi", null, 1)]
    public void Reads_back_what_it_writes(string text, string app, int? pullRequest, int attempt)
    {
        var id = RolloutId.Parse(text);

        Assert.That((id.App, id.PullRequest, id.Attempt, id.ToString()), Is.EqualTo((app, pullRequest, attempt, text)));
        Assert.That(pullRequest is { } number ? RolloutId.Of(app, number, attempt) : id, Is.EqualTo(id));
    }

    [TestCaseSource(nameof(None))]
    public void Refuses_what_is_none(string text)
    {
        Assert.That(RolloutId.TryParse(text), Is.Null);
        Assert.That(() => JsonSerializer.Deserialize<RolloutId>(JsonSerializer.Serialize(text)), Throws.TypeOf<JsonException>());
    }

    [Test]
    public void Counts_the_attempts() => Assert.That(RolloutId.Parse("sushi-pr3").Next.Next.ToString(), Is.EqualTo("sushi-pr3-3"));
}
