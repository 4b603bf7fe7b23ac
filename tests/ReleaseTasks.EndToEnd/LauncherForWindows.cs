using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.Versioning;

namespace ReleaseTasks.EndToEnd;

/// <summary><c>build.ps1</c>, as far as PowerShell's engine alone can judge it: the cmdlets that build are on Windows only.</summary>
public sealed class LauncherForWindows
{
    private static readonly string Script = Repository.PathOf("build.ps1");

    [Test]
    public void Is_a_script_without_syntax_errors()
    {
        Parser.ParseFile(Script, out _, out var errors);

        Assert.That(errors.Select(error => error.ToString()), Is.Empty);
    }

    /// <summary>What came after 5.1, the PowerShell that Windows brings: its engine would refuse the whole script.</summary>
    [Test]
    public void Asks_for_no_more_than_the_PowerShell_that_Windows_brings()
    {
        var script = Parser.ParseFile(Script, out var tokens, out _);

        var newer = script.FindAll(part => part is PipelineChainAst or TernaryExpressionAst, searchNestedScriptBlocks: true).Select(part => part.Extent.Text)
            .Concat(tokens.Where(token => token.Kind is TokenKind.QuestionQuestion or TokenKind.QuestionQuestionEquals or TokenKind.QuestionDot).Select(token => token.Text));
        Assert.That(newer, Is.Empty);
    }

    [Test]
    public void Calls_only_what_it_defines_or_Windows_brings()
    {
        string[] brought =
        [
            "ConvertFrom-Json", "ForEach-Object", "Get-Command", "Invoke-WebRequest", "Join-Path", "Move-Item", "New-Item", "Out-Null", "Pop-Location", "Push-Location",
            "Select-Object", "Select-String", "Sort-Object", "Split-Path", "Start-Sleep", "Where-Object",
        ];
        var script = Parser.ParseFile(Script, out _, out _);

        var defined = script.FindAll(part => part is FunctionDefinitionAst, searchNestedScriptBlocks: true).Cast<FunctionDefinitionAst>().Select(function => function.Name);
        var called = script.FindAll(part => part is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Select(command => command.GetCommandName()).OfType<string>();
        Assert.That(called.Distinct().Except(brought).Except(defined), Is.Empty);
    }

    /// <summary>Elsewhere it hands over to <c>build.sh</c>, arguments and exit code included.</summary>
    [TestCase(0)]
    [TestCase(43)]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void Hands_over_to_the_launcher_for_other_systems(int code)
    {
        var folder = Directory.CreateTempSubdirectory("launcher-").FullName;
        try
        {
            File.Copy(Script, Path.Combine(folder, "build.ps1"));
            var other = Path.Combine(folder, "build.sh");
            File.WriteAllText(other, $"#!/bin/sh\nprintf '[%s]' \"$@\" > \"{folder}/heard\"\nexit {code}\n");
            File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserExecute);

            using var powerShell = PowerShell.Create(InitialSessionState.CreateDefault2()); // the engine's own cmdlets: there are no others here
            powerShell.AddScript($"& '{folder}/build.ps1' '--target=Deploy' 'a b'; $LASTEXITCODE");
            var ended = powerShell.Invoke().Last().BaseObject;

            Assert.That(File.ReadAllText(Path.Combine(folder, "heard")), Is.EqualTo("[--target=Deploy][a b]"));
            Assert.That(ended, Is.EqualTo(code));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
