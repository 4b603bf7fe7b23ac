namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>So many requests in the last so many seconds, and no more.</summary>
internal sealed class SlidingLimit(int count, TimeSpan window, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Queue<DateTimeOffset> taken = new();

    public int Count => count;

    /// <summary>Takes one, if there's one left.</summary>
    /// <returns>How many are left after it; below 0: none was.</returns>
    public int Take()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (taken.TryPeek(out var first) && first <= now - window)
            {
                taken.Dequeue();
            }

            if (taken.Count >= count)
            {
                return -1;
            }

            taken.Enqueue(now);
            return count - taken.Count;
        }
    }
}
