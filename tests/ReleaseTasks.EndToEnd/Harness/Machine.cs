using ReleaseTasks.Sandbox.Databases;

namespace ReleaseTasks.EndToEnd;

/// <summary>What a test needs of the machine that it runs on.</summary>
internal static class Machine
{
    /// <summary>Skips the test where there is none that the sandbox can use.</summary>
    public static void NeedsPostgreSql()
    {
        if (PostgresBinaries.Find() is null)
        {
            Assert.Ignore("PostgreSQL 13 or later was not found.");
        }
    }
}
