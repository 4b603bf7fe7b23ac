namespace Cake.Frosting.Tests.Running;

/// <summary>What people read is approved: the text lies beside the tests and is reviewed like code.</summary>
internal static class Approved
{
    /// <summary>Where the text differs, the new one is left as <c>.received.txt</c> next to the approved one, to be looked at and renamed.</summary>
    public static void AssertSame(string name, string actual)
    {
        var approved = Path.Combine(Places.TestDirectory, $"{name}.approved.txt");
        var received = Path.Combine(Places.TestDirectory, $"{name}.received.txt");

        File.WriteAllText(received, actual + "\n");
        Assert.That(approved, Does.Exist, $"Look at {received}");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(approved).ReplaceLineEndings("\n").TrimEnd('\n')), $"Look at {received}");
        File.Delete(received);
    }
}
