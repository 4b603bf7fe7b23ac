using ReleaseTasks.Sandbox.Processes;

namespace ReleaseTasks.Sandbox.Databases;

/// <summary>Whom the clusters run as: PostgreSQL refuses root, so root steps down to another user.</summary>
internal sealed record Account(IReadOnlyList<string> StepDown, string? Owner)
{
    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>Ourselves, or for root another user; null where there is none or nothing to step down with.</summary>
    public static Account? Find()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new([], Owner: null);
        }

        return Tool.Find("setpriv") is { } setpriv && User() is [_, _, var user, var group, ..]
            ? new([setpriv, $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"], $"{user}:{group}")
            : null;
    }

    /// <summary>The command, run as this user.</summary>
    public IReadOnlyList<string> Run(params IEnumerable<string> command) => [.. StepDown, .. command];

    /// <summary>Whether this user can work in a folder: one below root's home is out of reach.</summary>
    public async Task<bool> CanUseAsync(string folder, CancellationToken ct)
    {
        try
        {
            await Tool.RunAsync(Run("ls", folder), ct);
            return true;
        }
        catch (ToolException)
        {
            return false;
        }
    }

    /// <summary>Makes a folder that belongs to this user.</summary>
    public async Task MakeFolderAsync(string folder, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        if (Owner is not null)
        {
            await Tool.RunAsync(["chown", Owner, folder], ct);
        }
    }

    private static string[]? User() =>
        Preferred.Select(name => File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(user => user[0] == name))
            .FirstOrDefault(user => user is not null);
}
