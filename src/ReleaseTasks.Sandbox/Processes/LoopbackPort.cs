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
}
