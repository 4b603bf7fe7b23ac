namespace ReleaseTasks.EndToEnd;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>Its top folder.</summary>
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory)).FullName;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Copies what git would: tracked files and new ones, as they stand in the work tree.</summary>
    public static async Task CopyToAsync(string folder, CancellationToken ct)
    {
        var listing = await Command.RunAsync(Root, "git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], ct);
        foreach (var file in listing.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(PathOf(file))))
        {
            var copy = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(PathOf(file), copy);
        }
    }

    private static DirectoryInfo Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("ReleaseTasks.sln is in no folder above the tests."),
        _ when File.Exists(Path.Combine(folder.FullName, "ReleaseTasks.sln")) => folder,
        _ => Find(folder.Parent),
    };
}
