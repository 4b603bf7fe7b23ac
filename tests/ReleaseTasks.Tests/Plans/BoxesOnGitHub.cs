using System.Diagnostics;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Tests.Plans;

/// <summary>Which lines have a box that can be ticked, as GitHub's own Markdown has it.</summary>
public sealed class BoxesOnGitHub
{
    private static readonly (string Markdown, bool IsBox)[] Cases =
    [
        ("- [ ] a", true), ("* [ ] a", true), ("+ [ ] a", true), ("1. [ ] a", true), ("1) [ ] a", true), ("- [x] a", true), ("- [X] a", true), ("-    [ ] a", true), ("- [ ]\ta", true),
        ("- [ ]a", false), ("- []  a", false), ("- [  ] a", false), ("- [\u00a0] a", false), ("- [✓] a", false), ("- [-] a", false), (@"- \[ ] a", false), ("-     [ ] a", false), ("[ ] a", false),
        ("- [ ]", false), ("- **[ ]** a", false), ("- [ ](x) a", false), ("> - [ ] a", false), ("```\n- [ ] a\n```", false), ("\n\n    - [ ] a", false), ("<!--\n- [ ] a\n-->", false),
        ("<details>\n- [ ] a\n</details>", false), ("<details>\n\n- [ ] a\n\n</details>", true), ("| a |\n|---|\n| - [ ] a |", false), ("- b\n\n  [ ] a", false), ("- b\n  - [ ] a", true),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Are_the_ones_that_get_ticked((string Markdown, bool IsBox) box)
    {
        var body = $"**Deployment steps**:\n\n{box.Markdown}\n";

        var ticked = PlanMarkdown.Parse(body).Draft.Steps.Any(step => PlanMarkdown.Tick(body, step, "").LeftAlone is null);

        Assert.That(ticked, Is.EqualTo(box.IsBox));
    }

    [TestCaseSource(nameof(Cases))]
    public void Are_the_ones_that_cmark_gfm_shows((string Markdown, bool IsBox) box)
    {
        // GitHub may show quoted boxes (unknown); cmark-gfm renders them, and we never rely on them.
        if (box.Markdown[0] != '>')
        {
            Assert.That(Rendered($"**Deployment steps**:\n\n{box.Markdown}\n"), box.IsBox ? Does.Contain("type=\"checkbox\"") : Does.Not.Contain("type=\"checkbox\""));
        }
    }

    private static string Rendered(string markdown)
    {
        var start = new ProcessStartInfo("cmark-gfm", ["-e", "tasklist", "-e", "table", "--unsafe"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Write(markdown);
            process.StandardInput.Close();
            return process.StandardOutput.ReadToEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("cmark-gfm isn't installed: GitHub's own reading of boxes can't be compared.");
            return "";
        }
    }
}
