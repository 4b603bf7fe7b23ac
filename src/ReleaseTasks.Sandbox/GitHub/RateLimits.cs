using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>How much GitHub lets one account do.</summary>
/// <param name="PerHour">Requests an hour.</param>
/// <param name="CreatedPerMinute">Requests a minute that create something.</param>
internal sealed record RateLimitOptions(int PerHour = 5000, int CreatedPerMinute = 80);

/// <summary>Counts requests: the primary limit per hour, the secondary one for whoever creates too much at once.</summary>
internal sealed class RateLimits(RateLimitOptions options, TimeProvider time)
{
    private const int Anonymous = 60;

    private readonly Lock gate = new();
    private readonly Dictionary<long, Window> windows = [];

    /// <exception cref="GitHubRefusal">One of the limits is used up.</exception>
    public void Check(Account? viewer, HttpRequest request)
    {
        if (request.Path.Value!.EndsWith("/rate_limit", StringComparison.Ordinal))
        {
            return;
        }

        lock (gate)
        {
            var window = WindowOf(viewer);
            if (window.Used >= window.Limit)
            {
                throw new GitHubRefusal(403, viewer is null ? "API rate limit exceeded for 127.0.0.1." : $"API rate limit exceeded for user ID {viewer.Id}.");
            }

            window.Used++;
            if (HttpMethods.IsPost(request.Method))
            {
                CheckCreations(window);
            }
        }
    }

    public void GiveBack(Account? viewer)
    {
        lock (gate)
        {
            WindowOf(viewer).Used--;
        }
    }

    public void Write(Account? viewer, HttpResponse response)
    {
        var now = Of(viewer);
        response.Headers["X-RateLimit-Limit"] = Text(now.Limit);
        response.Headers["X-RateLimit-Remaining"] = Text(now.Limit - now.Used);
        response.Headers["X-RateLimit-Used"] = Text(now.Used);
        response.Headers["X-RateLimit-Reset"] = Text(now.Reset);
        response.Headers["X-RateLimit-Resource"] = "core";
    }

    public (int Limit, int Used, long Reset) Of(Account? viewer)
    {
        lock (gate)
        {
            var window = WindowOf(viewer);
            return (window.Limit, window.Used, window.Ends.ToUnixTimeSeconds());
        }
    }

    private void CheckCreations(Window window)
    {
        var now = time.GetUtcNow();
        while (window.Creations.TryPeek(out var first) && first <= now.AddMinutes(-1))
        {
            window.Creations.Dequeue();
        }

        if (window.Creations.Count >= options.CreatedPerMinute)
        {
            throw new GitHubRefusal(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
            {
                Headers = { ["Retry-After"] = "60" },
            };
        }

        window.Creations.Enqueue(now);
    }

    private Window WindowOf(Account? viewer)
    {
        var now = time.GetUtcNow();
        var id = viewer?.Id ?? 0;
        if (!windows.TryGetValue(id, out var window) || window.Ends <= now)
        {
            windows[id] = window = new Window(viewer is null ? Anonymous : options.PerHour, now.AddHours(1));
        }

        return window;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Window(int limit, DateTimeOffset ends)
    {
        public int Limit => limit;

        public DateTimeOffset Ends => ends;

        public int Used { get; set; }

        public Queue<DateTimeOffset> Creations { get; } = [];
    }
}
