using System.Diagnostics;
using System.Text.Json;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary><c>running.json</c>: how other processes of the same checkout find a sandbox that serves.</summary>
internal sealed class RunningFile(string directory)
{
    // What another version wrote is as good as nothing.
    private static readonly JsonSerializerOptions Format = new() { RespectRequiredConstructorParameters = true };

    private readonly string _path = Path.Combine(directory, "running.json");

    public void Write(RunningSandbox running)
    {
        // The environment holds the sandbox's tokens: made up ones, and still nobody else's business.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(_path, options);
        JsonSerializer.Serialize(file, running, Format);
    }

    public void Delete() => File.Delete(_path);

    /// <summary>The sandbox that the file tells of, if its process lives and answers.</summary>
    public async Task<RunningSandbox?> FindAsync(CancellationToken ct)
    {
        var running = await ReadAsync(ct);
        return running is not null && Lives(running.ProcessId) && await AnswersAsync(running.Address, ct) ? running : null;
    }

    private async Task<RunningSandbox?> ReadAsync(CancellationToken ct)
    {
        try
        {
            return JsonSerializer.Deserialize<RunningSandbox>(await File.ReadAllTextAsync(_path, ct), Format);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    private static bool Lives(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task<bool> AnswersAsync(Uri address, CancellationToken ct)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(address, "sandbox"), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
