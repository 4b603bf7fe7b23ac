using System.Collections.Concurrent;

namespace ReleaseTasks.Sandbox.Heroku.Http;

/// <summary>So many calls an hour for each account, given back little by little.</summary>
internal sealed class RateLimit(int perHour, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, Bucket> _buckets = new();

    public int Remaining(Guid account) => Of(account).Remaining();

    /// <summary>Counts a call.</summary>
    /// <exception cref="Refusal">429: none is left.</exception>
    public void Take(Guid account)
    {
        if (!Of(account).TryTake())
        {
            throw new Refusal(429, "rate_limit", "Your account reached the API rate limit. Please wait a few minutes before making new requests.");
        }
    }

    private Bucket Of(Guid account) => _buckets.GetOrAdd(account, _ => new Bucket(perHour, clock));

    private sealed class Bucket(int perHour, TimeProvider clock)
    {
        private readonly Lock _lock = new();
        private double _tokens = perHour;
        private long _at = clock.GetTimestamp();

        public int Remaining()
        {
            lock (_lock)
            {
                Refill();
                return (int)_tokens;
            }
        }

        public bool TryTake()
        {
            lock (_lock)
            {
                Refill();
                if (_tokens < 1)
                {
                    return false;
                }

                _tokens--;
                return true;
            }
        }

        private void Refill()
        {
            var now = clock.GetTimestamp();
            _tokens = Math.Min(perHour, _tokens + (clock.GetElapsedTime(_at, now).TotalHours * perHour));
            _at = now;
        }
    }
}
