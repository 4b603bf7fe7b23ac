using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>The program at the other end of a connection: whom a power cut hits.</summary>
internal static class ClientProcess
{
    /// <summary>Every process that holds the connection's other end. Where the system doesn't tell, as only Linux does, it's this one.</summary>
    public static IReadOnlyList<int> At(ConnectionInfo connection) => OperatingSystem.IsLinux()
        ? HoldersOf(SocketBetween(connection.RemotePort, connection.LocalPort) ?? throw new InvalidOperationException("The client's end of the connection wasn't found."))
        : [Environment.ProcessId];

    /// <summary>With no chance for last words. This process, where it's among them, dies last.</summary>
    public static void Kill(IReadOnlyList<int> processes)
    {
        foreach (var id in processes.OrderBy(id => id == Environment.ProcessId))
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
    }

    /// <summary>The client's socket, <c>socket:[12345]</c>: the one that goes from its port to ours. Many clients hold IPv4 ones as IPv6.</summary>
    private static string? SocketBetween(int from, int to) => new[] { "/proc/net/tcp", "/proc/net/tcp6" }
        .Where(File.Exists)
        .SelectMany(File.ReadLines)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(row => row is [_, var local, var remote, ..] && IsPort(local, from) && IsPort(remote, to))
        .Select(row => $"socket:[{row[9]}]")
        .FirstOrDefault();

    private static bool IsPort(string address, int port) => address.EndsWith($":{port.ToString("X4", CultureInfo.InvariantCulture)}", StringComparison.Ordinal);

    private static List<int> HoldersOf(string socket) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _) && Holds(folder, socket)
           select int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture),
    ];

    private static bool Holds(string process, string socket)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(process, "fd")).EnumerateFileSystemInfos().Any(file => file.LinkTarget == socket);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended meanwhile, or it's somebody else's
        }
    }
}
