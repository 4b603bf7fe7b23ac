using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.EndToEnd.RollOuts.Killing;

/// <summary>Sends the client signals when it asks a certain question, and lets it wait for the answer in vain.</summary>
/// <param name="at">The request's number, from 0; null to count only.</param>
internal sealed class Interrupter(int? at, params string[] signals)
{
    private int _count;

    public int Count => _count;

    /// <summary>The client's process.</summary>
    public Command? Client { get; set; }

    /// <summary>When the first signal went out, by the machine's clock; null while none did.</summary>
    public long? SentAt { get; private set; }

    public async Task MeddleAsync(HttpContext context, RequestDelegate next)
    {
        // The sandbox's builder fetches sources from itself.
        var isBuilder = HttpMethods.IsGet(context.Request.Method) && context.Request.Path.StartsWithSegments("/sources");
        if (isBuilder || Interlocked.Increment(ref _count) - 1 != at)
        {
            await next(context);
            return;
        }

        SentAt = TimeProvider.System.GetTimestamp();
        foreach (var signal in signals)
        {
            await Client!.SignalAsync(signal, CancellationToken.None);
        }

        // The client leaves, and this with it.
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
    }
}
