using System.Collections.Concurrent;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>What the sandbox couldn't do, for the list that is shown when it stops.</summary>
internal sealed class Troubles
{
    private readonly ConcurrentQueue<string> _unknown = new();
    private readonly ConcurrentQueue<string> _failures = new();

    /// <summary>Each request outside the stand-ins' contracts once, as <c>GET /path</c>, in the order of their first asking.</summary>
    public IReadOnlyList<string> UnknownRequests => [.. _unknown.Distinct()];

    /// <summary>The sandbox's own failures.</summary>
    public IReadOnlyList<string> Failures => [.. _failures];

    public void RememberUnknown(string request) => _unknown.Enqueue(request);

    public void RememberFailure(string what, Exception failure) => _failures.Enqueue($"{what}: {failure}");
}
