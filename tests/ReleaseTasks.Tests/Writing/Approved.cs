namespace ReleaseTasks.Tests.Writing;

/// <summary>What people read is approved: the text lies beside the tests and is reviewed like code.</summary>
internal static class Approved
{
    private static string Folder
    {
        get
        {
            var folder = TestContext.CurrentContext.TestDirectory;
            while (!File.Exists(Path.Combine(folder, "ReleaseTasks.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests don't run inside the repository.");
            }

            return Path.Combine(folder, "tests", "ReleaseTasks.Tests", "Writing");
        }
    }

    /// <summary>Where the text differs, the new one is left as <c>.received.md</c> beside the approved one, to be looked at and renamed.</summary>
    public static void AssertSame(string name, string actual)
    {
        var (approved, received) = (Path.Combine(Folder, $"{name}.approved.md"), Path.Combine(Folder, $"{name}.received.md"));
        File.WriteAllText(received, actual);

        Assert.That(approved, Does.Exist, $"Look at {received}");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(approved).ReplaceLineEndings("\n")), $"Look at {received}");
        File.Delete(received);
    }
}
