using System.Net;
using System.Runtime.CompilerServices;

namespace Cake.Heroku;

/// <summary>An app's log, over as many log sessions as it takes: one lives for minutes.</summary>
public sealed class HerokuLogs(IHerokuApi api, IHerokuStreams streams, TimeProvider time)
{
    /// <summary>As many as Heroku keeps.</summary>
    public const int AllLines = 1500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The last lines, oldest first.</summary>
    public async IAsyncEnumerable<LogLine> ReadAsync(AppName app, int lines, [EnumeratorCancellation] CancellationToken ct)
    {
        var session = await api.CreateLogSessionAsync(app, new NewLogSession { Lines = lines }, ct);
        await foreach (var line in streams.ReadLogAsync(session, ct))
        {
            yield return line;
        }
    }

    /// <summary>
    /// The last lines and all that follow, until cancelled. When a session ends, the next one begins with what Heroku kept, less what was
    /// already read; lines that it dropped meanwhile are lost.
    /// </summary>
    public async IAsyncEnumerable<LogLine> TailAsync(AppName app, NewLogSession wanted, [EnumeratorCancellation] CancellationToken ct)
    {
        var seen = new SeenLines();
        var session = wanted with { Tail = true };
        while (true)
        {
            await foreach (var line in ReadUntilItEndsAsync(app, session, ct))
            {
                if (seen.IsNew(line))
                {
                    yield return line;
                }
            }

            session = session with { Lines = AllLines };
            seen.BeginAgain();
            await Task.Delay(Pause, time, ct);
        }
    }

    private async IAsyncEnumerable<LogLine> ReadUntilItEndsAsync(
        AppName app, NewLogSession wanted, [EnumeratorCancellation] CancellationToken ct)
    {
        var session = await api.CreateLogSessionAsync(app, wanted, ct);
        await using var lines = streams.ReadLogAsync(session, ct).GetAsyncEnumerator(ct);
        while (await MoveAsync(lines))
        {
            yield return lines.Current;
        }
    }

    /// <summary>False at the end, which for a tail is also when the connection breaks or the session has run out.</summary>
    private static async Task<bool> MoveAsync(IAsyncEnumerator<LogLine> lines)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (HerokuApiException e) when (e.Status is null or HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Gone)
        {
            return false;
        }
    }

    /// <summary>What was read up to the last moment; a session that begins again repeats it.</summary>
    private sealed class SeenLines
    {
        private readonly HashSet<LogLine> _ofLastMoment = [];
        private DateTimeOffset _last;
        private bool _repeats;

        public void BeginAgain() => _repeats = true;

        public bool IsNew(LogLine line)
        {
            if (_repeats && (line.Time is null || line.Time < _last || _ofLastMoment.Contains(line)))
            {
                return false;
            }

            if (line.Time > _last)
            {
                (_last, _repeats) = (line.Time.Value, false);
                _ofLastMoment.Clear();
            }

            _ofLastMoment.Add(line);
            return true;
        }
    }
}
