using System.Text.Json;
using ReleaseTasks.Journals;
using ReleaseTasks.Running;
using ReleaseTasks.Steps;

namespace ReleaseTasks.Tests.Running;

public sealed class Putting_config_vars_back
{
    private static readonly Fingerprint Fingerprint = new("an app's id");

    private string _folder = "";
    private ConfigVarVault _vault = null!;

    [SetUp]
    public void Begin()
    {
        _folder = Directory.CreateTempSubdirectory().FullName;
        _vault = new(_folder, _ => { });
    }

    [TearDown]
    public void End() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Unsets_what_was_not_set_even_if_a_value_of_that_name_is_saved()
    {
        _vault.Save(new Dictionary<string, string> { ["A"] = "the new value" });

        Assert.That(Originals(("A", null)).Values(["A"]), Is.EqualTo(new Dictionary<string, string?> { ["A"] = null }));
    }

    [Test]
    public void Restores_what_was_found_first()
    {
        _vault.Save(new Dictionary<string, string> { ["A"] = "first" });

        Assert.That(Originals(("A", "first"), ("A", "second")).Values(["A"])["A"], Is.EqualTo("first"));
    }

    [TestCase(null)]
    [TestCase("another value")]
    public void Guesses_nothing_where_the_saved_value_is_lost(string? saved)
    {
        if (saved is not null)
        {
            _vault.Save(new Dictionary<string, string> { ["A"] = saved });
        }

        Assert.That(() => Originals(("A", "first")).Values(["A"]), Throws.InvalidOperationException.With.Message.Contains("is not in config-vars.json"));
    }

    private ConfigVarOriginals Originals(params (string Name, string? Found)[] changes) => new(
        RunState.Of(changes.Select((change, index) => (JournalLine)new StepStarted($"config-set:{change.Name}#{index}", "", Before(change.Name, change.Found)))), _vault, Fingerprint);

    private static JsonElement Before(string name, string? found) => JournalFormat.ToElement(new ChangeConfigVars.Before(
        new Dictionary<string, string?> { [name] = Fingerprint.OfSet(found) }, Newest: 1));
}
