using System.Net;
using System.Net.Sockets;

namespace ReleaseTasks.Sandbox.Processes;

/// <summary>Ports for processes that must be told one before they listen.</summary>
internal static class LoopbackPort
{
    /// <summary>The wanted port where it's free, else one that is.</summary>
    public static int Find(int wanted = 0)
    {
        using var listener = new TcpListener(IPAddress.Loopback, wanted);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException) when (wanted != 0)
        {
            return Find();
        }
    }

    /// <summary>Whether a process listens on a port.</summary>
    public static async Task<bool> ListensAsync(int port, CancellationToken ct)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
