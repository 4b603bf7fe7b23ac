using System.Net;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Dynos;

/// <summary>Where the machine can't run the app, something that is up in its place: a web dyno answers every request with a line of text.</summary>
internal sealed class PlaceholderDyno : IDyno
{
    private readonly HttpListener? _listener;
    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PlaceholderDyno(string name, HttpListener? listener, Uri? address) => (Name, _listener, Address) = (name, listener, address);

    public string Name { get; }

    public Uri? Address { get; }

    public Task<int> Exited => _exited.Task;

    public static PlaceholderDyno Start(DynoStart start, Action<string> output)
    {
        output($"{start.Name} is simulated: this machine can't run {start.App}.");
        if (!start.IsWeb)
        {
            return new(start.Name, listener: null, address: null);
        }

        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Find()}/");
        var listener = new HttpListener { Prefixes = { address.ToString() } };
        listener.Start();
        var dyno = new PlaceholderDyno(start.Name, listener, address);
        _ = dyno.AnswerAsync($"{start.App} is simulated.\n");
        return dyno;
    }

    public ValueTask DisposeAsync()
    {
        _listener?.Close();
        _exited.TrySetResult(128 + 15); // SIGTERM
        return ValueTask.CompletedTask;
    }

    private async Task AnswerAsync(string text)
    {
        try
        {
            while (true)
            {
                var request = await _listener!.GetContextAsync();
                request.Response.ContentType = "text/plain";
                request.Response.Close(System.Text.Encoding.UTF8.GetBytes(text), willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
