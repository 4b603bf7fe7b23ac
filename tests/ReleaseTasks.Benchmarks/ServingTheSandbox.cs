using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace ReleaseTasks.Benchmarks;

/// <summary>
/// The sandbox as a program, against the limits that docs/sandbox.md names. <c>--sandbox COMMAND…</c> is what starts it: <c>taskset -c 0 dotnet
/// Build.dll</c>. Stopwatches instead of BenchmarkDotNet: what is measured is another process's start, throughput and memory.
/// </summary>
internal static class ServingTheSandbox
{
    private const int Apps = 1000;
    private const int Requests = 20_000;

    public static async Task<int> RunAsync(string[] command)
    {
        var folder = Directory.CreateTempSubdirectory("serving-benchmark-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "release.json"), """{ "app": "sushi", "repository": "zupo/sushi", "environment": "sandbox", "leadingDevelopers": ["zupo"] }""");
        try
        {
            var first = await StartsAsync(command, folder, anew: true);
            var start = await StartsAsync(command, folder, anew: false);
            using var sandbox = await StartAsync(command, folder);
            var rate = Requests / (await TimeAsync(() => AskAsync(sandbox))).TotalSeconds;
            await CreateAppsAsync(sandbox);
            var on = false;
            var change = await MedianAsync(99, async () => await SendAsync(sandbox, HttpMethod.Patch, $"/apps/app-{Apps / 2}", new { maintenance = on = !on }));
            var memory = sandbox.Megabytes;
            return Report("first start, which makes the sample world, ms", first.TotalMilliseconds, below: 500)
                & Report("start, ms", start.TotalMilliseconds, below: 500)
                & Report("simple requests a second", rate, above: 3000)
                & Report($"a change among {Apps} apps, ms", change.TotalMilliseconds, below: 20)
                & Report($"memory with {Apps} apps, MB", memory, below: 300) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Report(string what, double value, double below = double.PositiveInfinity, double above = 0)
    {
        var isGood = value < below && value > above;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {value:N0}{(isGood ? "" : " - beyond its limit")}"));
        return isGood;
    }

    /// <summary>From the command to "ready".</summary>
    private static async Task<TimeSpan> StartsAsync(string[] command, string folder, bool anew)
    {
        var all = new List<TimeSpan>();
        for (var i = 0; i < 9; i++)
        {
            if (anew)
            {
                Directory.CreateDirectory(Path.Combine(folder, ".sandbox")).Delete(recursive: true);
            }

            var begun = Stopwatch.GetTimestamp();
            using var sandbox = await StartAsync(command, folder);
            all.Add(Stopwatch.GetElapsedTime(begun));
        }

        return Median(all);
    }

    private static async Task<TimeSpan> MedianAsync(int times, Func<Task> work)
    {
        var all = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            all.Add(await TimeAsync(work));
        }

        return Median(all);
    }

    private static TimeSpan Median(List<TimeSpan> all) => all.Order().ElementAt(all.Count / 2);

    private static async Task<TimeSpan> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed;
    }

    /// <summary>Who the account is counts against no hourly limit, and takes all that a simple request takes: token, JSON and ETag.</summary>
    private static Task AskAsync(ServedSandbox sandbox) => Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, ct) =>
    {
        using var answer = await sandbox.Client.GetAsync(new Uri("/account/rate-limits", UriKind.Relative), ct);
        answer.EnsureSuccessStatusCode();
    });

    private static async Task CreateAppsAsync(ServedSandbox sandbox)
    {
        for (var i = 0; i < Apps; i++)
        {
            await SendAsync(sandbox, HttpMethod.Post, "/apps", new { name = $"app-{i}" });
        }
    }

    private static async Task SendAsync(ServedSandbox sandbox, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await sandbox.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<ServedSandbox> StartAsync(string[] command, string folder)
    {
        var start = new ProcessStartInfo(command[0], [.. command[1..], "--target=Sandbox", "--databases=simulated"]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        var process = Process.Start(start)!;
        var exports = new Dictionary<string, string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line && line != "ready")
        {
            if (line.Split('=', 2) is [var name, var value])
            {
                exports[name] = value;
            }
        }

        var client = new HttpClient { BaseAddress = new Uri(exports["export HEROKU_HOST"]) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", exports["export HEROKU_API_KEY"]);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.heroku+json; version=3");
        return new ServedSandbox(process, client);
    }

    private sealed record ServedSandbox(Process Process, HttpClient Client) : IDisposable
    {
        public double Megabytes
        {
            get
            {
                Process.Refresh();
                return Process.WorkingSet64 / 1024.0 / 1024.0;
            }
        }

        public void Dispose()
        {
            Client.Dispose();
            Process.Kill();
            Process.WaitForExit();
            Process.Dispose();
        }
    }
}
