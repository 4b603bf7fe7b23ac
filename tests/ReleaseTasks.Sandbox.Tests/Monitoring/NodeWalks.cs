using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ReleaseTasks.Sandbox.Tests.Monitoring;

/// <summary>Runs a script with the official clients for Node.js, which the repository's build puts into <c>.tools</c>.</summary>
internal static class NodeWalks
{
    /// <summary>What the script printed. The test that asks is skipped where the client isn't installed.</summary>
    public static async Task<JsonNode> RunAsync(string script, string package, IReadOnlyDictionary<string, string> environment)
    {
        var tools = Find(package);
        Assume.That(tools, Is.Not.Null, $"{package} isn't installed in .tools: './build.sh --target=Test' does it where there's npm.");
        // A module that comes by the standard input looks for its packages from the working directory.
        var start = new ProcessStartInfo("node", ["--input-type=module", "-"])
        {
            WorkingDirectory = tools,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        await node.StandardInput.WriteAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, script)));
        node.StandardInput.Close();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.That(node.ExitCode, Is.Zero, await errors);
        return JsonNode.Parse(output)!;
    }

    private static string? Find(string package)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var tools = Path.Combine(folder.FullName, ".tools");
            if (Directory.Exists(Path.Combine(tools, "node_modules", package)))
            {
                return tools;
            }
        }

        return null;
    }
}
