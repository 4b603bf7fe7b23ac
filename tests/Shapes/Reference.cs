namespace ReleaseTasks.Shapes;

/// <summary>What the services publish about themselves, in a folder <c>shared/reference</c> beside the checkout; it isn't part of it.</summary>
internal static class Reference
{
    /// <summary>Null where it isn't there.</summary>
    public static string? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "reference", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
