using System.Xml.Linq;
using Cake.Core.IO;

namespace Build;

/// <summary>What became of one test, as its runner wrote it down.</summary>
internal sealed record TestOutcome(string Name, string Outcome, string Message)
{
    public bool IsPassed => Outcome == "Passed";

    /// <summary>Ignored, assumption not met, inconclusive: it says nothing about the program.</summary>
    public bool IsSkipped => Outcome is "NotExecuted" or "Inconclusive";

    public bool IsFailed => !IsPassed && !IsSkipped;

    public static IReadOnlyList<TestOutcome> ReadAll(IEnumerable<FilePath> trxFiles) =>
        [.. trxFiles.SelectMany(file => Elements(XDocument.Load(file.FullPath), "UnitTestResult")).Select(Read)];

    /// <summary>The line by which CI and people read the run.</summary>
    public static string Count(IReadOnlyList<TestOutcome> outcomes) =>
        $"{outcomes.Count(o => o.IsPassed)} passed, {outcomes.Count(o => o.IsFailed)} failed, {outcomes.Count(o => o.IsSkipped)} skipped";

    private static TestOutcome Read(XElement result) => new(
        (string)result.Attribute("testName")!,
        (string?)result.Attribute("outcome") ?? "Failed",
        Elements(result, "Message").Concat(Elements(result, "StdOut")).FirstOrDefault()?.Value.Trim() ?? "no reason given");

    private static IEnumerable<XElement> Elements(XContainer within, string name) =>
        within.Descendants().Where(element => element.Name.LocalName == name);
}
