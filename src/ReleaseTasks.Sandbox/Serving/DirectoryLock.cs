using System.Globalization;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>
/// Keeps two sandboxes out of one directory. The operating system holds the lock, so that of a killed process goes with it
/// and there's no stale one to recover.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    public const string FileName = "lock";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <exception cref="SandboxInUseException">Another sandbox has the directory.</exception>
    public static DirectoryLock Take(string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, FileName);
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new DirectoryLock(file);
        }
        catch (IOException e)
        {
            throw new SandboxInUseException(directory, e);
        }
    }

    public void Dispose() => _file.Dispose();
}
