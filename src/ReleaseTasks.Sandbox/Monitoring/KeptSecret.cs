using System.Security.Cryptography;

namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>A service's token: made up when it's first needed, and the same from then on, in a file that only its owner can read.</summary>
internal static class KeptSecret
{
    public static string Of(string directory, string service)
    {
        var path = Path.Combine(directory, "secrets", service);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var next = path + ".next";
            Write(next, RandomNumberGenerator.GetHexString(32, lowercase: true));
            File.Move(next, path, overwrite: true);
        }

        return File.ReadAllText(path);
    }

    private static void Write(string path, string secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new StreamWriter(path, options);
        file.Write(secret);
    }
}
