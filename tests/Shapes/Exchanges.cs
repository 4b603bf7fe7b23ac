using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Shapes;

/// <summary>
/// What every sandbox of this test run was asked and has answered, those in processes of their own included: a variable makes each of
/// them write it down, and children inherit variables. Judged by what Heroku and GitHub publish.
/// </summary>
internal static partial class Exchanges
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"exchanges-{Environment.ProcessId}-{Guid.NewGuid():N}");
    private static readonly Dictionary<string, long> Read = [];
    private static readonly HashSet<string> Judged = [];
    private static readonly Lock Reading = new();

    /// <summary>What is wrong with those that nobody has asked about yet, one line each.</summary>
    public static IReadOnlyList<string> Violations()
    {
        if (!Directory.Exists(Folder))
        {
            return [];
        }

        lock (Reading)
        {
            return [.. Directory.EnumerateFiles(Folder).SelectMany(NewLines).Where(line => Judged.Add(Pattern(line))).SelectMany(Judge)];
        }
    }

    /// <summary>All that were written down so far.</summary>
    public static IReadOnlyList<string> All() => [.. Directory.EnumerateFiles(Folder).SelectMany(file => LinesFrom(file, 0).Lines)];

    /// <summary>What is wrong with an exchange as it's written down.</summary>
    public static IReadOnlyList<string> Judge(string line)
    {
        var exchange = JsonSerializer.Deserialize<Exchange>(line)!;
        var (request, answer) = (exchange.IsByTheBook ? exchange.Request : "", exchange.PlainAnswer());
        var heroku = HerokuShapes.OrNull?.Check(exchange.Method, exchange.Path, exchange.Status, request, answer) ?? [];
        var github = GitHubShapes.OrNull?.Check(exchange.Method, exchange.Path, exchange.Status, request, "application/json", answer) ?? [];
        return [.. heroku.Concat(github).Select(problem => $"{exchange.Method} {exchange.Path} {exchange.Status}: {problem}")];
    }

    /// <summary>Before any test, and before anything that a test's fixture starts.</summary>
    [ModuleInitializer]
    internal static void RecordThem()
    {
        if (HerokuShapes.AreHere || GitHubShapes.AreHere)
        {
            Environment.SetEnvironmentVariable("SANDBOX_RECORD", Folder);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Forget();
        }
    }

    private static void Forget()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string[] NewLines(string file)
    {
        (var lines, Read[file]) = LinesFrom(file, Read.GetValueOrDefault(file));
        return lines;
    }

    /// <summary>A process that writes, or was killed, may have left half a line.</summary>
    private static (string[] Lines, long End) LinesFrom(string file, long start)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = start;
        var bytes = new byte[stream.Length - start];
        stream.ReadExactly(bytes);
        var whole = bytes.AsSpan(0, bytes.AsSpan().LastIndexOf((byte)'\n') + 1);
        return (Encoding.UTF8.GetString(whole).Split('\n', StringSplitOptions.RemoveEmptyEntries), start + whole.Length);
    }

    /// <summary>Two exchanges that differ in their numbers alone have the same faults: hundreds of roll-outs are judged as one.</summary>
    private static string Pattern(string line) => Numbers().Replace(line, "0");

    [GeneratedRegex(@"[0-9a-f]{7,}|\d+")]
    private static partial Regex Numbers();

}
