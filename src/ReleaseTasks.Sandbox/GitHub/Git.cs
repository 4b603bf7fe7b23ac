using System.Diagnostics;
using System.Text;
using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Runs git in one bare repository: arguments as a list, never a shell, deaf to the machine's and the user's own settings.</summary>
internal sealed class Git(string directory)
{
    private static readonly Dictionary<string, string> Isolation = new()
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_COUNT"] = "3",
        ["GIT_CONFIG_KEY_0"] = "safe.directory", // the folder may belong to the user who ran the sandbox first
        ["GIT_CONFIG_VALUE_0"] = "*",
        ["GIT_CONFIG_KEY_1"] = "core.autocrlf", // what's committed is what was written, on every machine
        ["GIT_CONFIG_VALUE_1"] = "false",
        ["GIT_CONFIG_KEY_2"] = "gc.auto", // nothing may go on working after the request
        ["GIT_CONFIG_VALUE_2"] = "0",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["LC_ALL"] = "C",
    };

    /// <summary>Runs a command and gives what it wrote, without the last line break.</summary>
    /// <exception cref="GitException">git refused.</exception>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct) => RunAsync(arguments, "", ct);

    /// <summary>The same for a command that reads its input.</summary>
    public Task<string> RunAsync(IReadOnlyList<string> arguments, string input, CancellationToken ct) =>
        RunAsync(arguments, input, new Dictionary<string, string>(), ct);

    /// <summary>The same with more in its environment: whose commit, which index.</summary>
    public async Task<string> RunAsync(
        IReadOnlyList<string> arguments, string input, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var result = await TryAsync(arguments, input, environment, ct);
        return result.Succeeded ? result.Output.TrimEnd('\n') : throw new GitException(arguments[0], result.ExitCode, result.Errors);
    }

    /// <summary>Runs a command that may fail: its exit code is the answer.</summary>
    public Task<GitResult> TryAsync(IReadOnlyList<string> arguments, CancellationToken ct) =>
        TryAsync(arguments, "", new Dictionary<string, string>(), ct);

    /// <summary>Runs a command and copies what it writes, byte for byte.</summary>
    /// <exception cref="GitException">git refused.</exception>
    public async Task CopyAsync(IReadOnlyList<string> arguments, Stream output, CancellationToken ct)
    {
        using var git = OwnSession.Start(StartInfo(arguments));
        var errors = git.StandardError.ReadToEndAsync(ct);
        git.StandardInput.Close();
        await git.StandardOutput.BaseStream.CopyToAsync(output, ct);
        await git.WaitForExitAsync(ct);
        if (git.ExitCode != 0)
        {
            throw new GitException(arguments[0], git.ExitCode, await errors);
        }
    }

    /// <summary>How every git process of the sandbox is started.</summary>
    public ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // A git hook that started us would have left GIT_DIR and others behind, and they'd point at its own repository.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Isolation)
        {
            start.Environment[name] = value;
        }

        start.Environment["GIT_DIR"] = directory;
        return start;
    }

    private async Task<GitResult> TryAsync(
        IReadOnlyList<string> arguments, string input, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var start = StartInfo(arguments);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var git = OwnSession.Start(start);
        var output = git.StandardOutput.ReadToEndAsync(ct);
        var errors = git.StandardError.ReadToEndAsync(ct);
        await git.StandardInput.WriteAsync(input.AsMemory(), ct);
        git.StandardInput.Close();
        await git.WaitForExitAsync(ct);
        return new GitResult(git.ExitCode, await output, await errors);
    }
}

/// <summary>What a git command answered.</summary>
internal sealed record GitResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>git refused a command that should have worked.</summary>
internal sealed class GitException(string command, int exitCode, string errors)
    : Exception($"git {command} ended with {exitCode}: {errors.Trim()}");
