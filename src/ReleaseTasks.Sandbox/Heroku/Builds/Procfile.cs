using System.Text.RegularExpressions;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>The <c>Procfile</c>: a process type and its command in each line; other lines don't count.</summary>
internal static partial class Procfile
{
    public static OrderedDictionary<string, string> Read(string directory)
    {
        var types = new OrderedDictionary<string, string>();
        var path = Path.Combine(directory, "Procfile");
        if (!File.Exists(path))
        {
            return types;
        }

        foreach (var match in File.ReadLines(path).Select(line => LinePattern().Match(line)).Where(m => m.Success))
        {
            types[match.Groups["type"].Value] = match.Groups["command"].Value;
        }

        return types;
    }

    [GeneratedRegex(@"^(?<type>[A-Za-z0-9_-]+):\s*(?<command>\S.*?)\s*$")]
    private static partial Regex LinePattern();
}
