namespace ReleaseTasks.Journals;

/// <summary>
/// Files and folders for their owner's eyes alone (0600, 0700), whatever they were before. Windows knows no such modes: there a file is as
/// private as its folder.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    /// <summary>Makes it where it is missing, with the folders above it.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnersFolder);
        Narrow(path, OwnersFolder);
    }

    /// <param name="path">Made where it is missing.</param>
    /// <param name="mode">How.</param>
    /// <param name="access">For what.</param>
    /// <param name="share">What others may do meanwhile.</param>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        // Without a buffer: it would keep a line that failed to be written, and write it after all when the file is closed.
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        if (access != FileAccess.Read)
        {
            options.UnixCreateMode = OwnersFile;
        }

        var file = new FileStream(path, options);
        try
        {
            Narrow(path, OwnersFile);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Narrow(string path, UnixFileMode widest)
    {
        var found = File.GetUnixFileMode(path);
        if ((found & ~widest) != 0)
        {
            File.SetUnixFileMode(path, found & widest);
        }
    }
}
