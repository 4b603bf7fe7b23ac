using ReleaseTasks.Options;
using ReleaseTasks.Plans;
using ReleaseTasks.Redaction;
using ReleaseTasks.Reports;
using Spectre.Console;

namespace ReleaseTasks.Running;

/// <summary>One run of the program: what was typed, what it means, and what the process will end with.</summary>
public sealed class ReleaseSession : IDisposable
{
    private readonly CommandLine _line;
    private readonly Lazy<(ReleaseOptions Options, IReadOnlyList<string> Problems)> _settings;
    private readonly Stopping _stopping = new();
    private readonly Redactor _redactor = new();
    private readonly IAnsiConsole _console;
    private IReadOnlyList<IStepRecogniser> _recognisers = [];
    private IProjectTasks _tasks = new NoProjectTasks();
    private ReleaseRun? _run;
    private ExitCode? _outcome;

    /// <param name="args">The command line.</param>
    /// <param name="targets">The targets that can be typed, and whether each is a release target, which needs the settings.</param>
    /// <param name="ownArguments">Names of arguments that the program itself knows.</param>
    internal ReleaseSession(IReadOnlyList<string> args, IReadOnlyDictionary<string, bool> targets, IReadOnlyList<string> ownArguments)
    {
        _line = CommandLine.Parse(args);
        _console = AnsiConsole.Console;
        ReleaseServices.LearnTokens(_redactor, Environment.GetEnvironmentVariable);
        Folder = Path.GetFullPath(_line.WorkingDirectory ?? ".");
        _settings = new(() => ReleaseSettings.Read(FindSettings(Folder), _line.Arguments));
        OnlyReleaseTargets = _line.Targets.Count > 0 && _line.Targets.All(targets.GetValueOrDefault);
        Problems = _line.OnlyInforms ? [] : [.. _line.Problems, .. ArgumentProblems(ownArguments), .. TargetProblems(targets), .. SettingProblems(targets)];
    }

    internal string Folder { get; }

    internal bool OnlyReleaseTargets { get; }

    internal ReleaseOptions Options => _settings.Value is { Problems.Count: 0, Options: var options }
        ? options
        : throw new RefusedException(string.Join(Environment.NewLine, _settings.Value.Problems));

    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Everything that is wrong with the command line and the settings, found before anything happens.</summary>
    internal IReadOnlyList<string> Problems { get; }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Says what is wrong, all of it, and that nothing happened.</summary>
    internal int Refuse()
    {
        foreach (var problem in Problems)
        {
            Console.Error.WriteLine(_redactor.Clean(problem));
        }

        Console.Error.WriteLine("Nothing was changed. Put that right and run the same command again.");
        return (int)ExitCode.Refused;
    }

    /// <summary>Takes in what the project adds to the library.</summary>
    internal void Extend(IReadOnlyList<IStepRecogniser> recognisers, IProjectTasks tasks) => (_recognisers, _tasks) = (recognisers, tasks);

    /// <summary>What leads to the services of this run, where that is a sandbox; null where the process's own variables do.</summary>
    /// <remarks>Cake asks for variables synchronously; a console program has no synchronisation context that this could block.</remarks>
    internal IReadOnlyDictionary<string, string>? SandboxVariables() => Run.SandboxVariablesAsync(Stopping).GetAwaiter().GetResult();

    /// <summary>Does one task's work, and remembers how it ended: Cake itself knows only 0 and 1.</summary>
    internal async Task DoAsync(Func<ReleaseRun, Task> work)
    {
        try
        {
            await work(Run);
        }
        catch (Exception e) when (Stopping.IsCancellationRequested && e is not ReleaseException)
        {
            throw Remember(new InterruptedException($"Stopped by {_stopping.Signal}.", e));
        }
        catch (ReleaseException e)
        {
            throw Remember(e);
        }
        catch (Exception e)
        {
            throw Remember(new StepFailedException(ForeignText.WordsOf(e), e));
        }
    }

    /// <summary>Prints where things stand and closes the run; the process ends with what is returned.</summary>
    internal async Task<int> EndAsync(int cakesCode)
    {
        var code = _outcome ?? cakesCode switch
        {
            0 => ExitCode.Done,
            255 => ExitCode.Refused,
            _ when Stopping.IsCancellationRequested => ExitCode.Interrupted, // a task of the project's own
            _ => ExitCode.Failed,
        };
        if (_run is not null)
        {
            await using var run = _run;
            await run.EndAsync(code);
        }

        return (int)code;
    }

    private ReleaseRun Run => _run ??= new ReleaseRun(Options, Folder, new ReleaseArguments(_line.Arguments), Screen(), _console, _redactor)
    {
        Recognisers = _recognisers,
        Tasks = _tasks,
    };

    private ReleaseException Remember(ReleaseException e)
    {
        _outcome = e.ExitCode;

        // Cake prints messages, and at --verbosity=diagnostic the whole chain of causes.
        return IsFitToPrint(e) ? e : new StepFailedException(_redactor.Clean(e.Message));
    }

    private bool IsFitToPrint(Exception e) =>
        Chain(e).All(cause => ForeignText.WordsOf(cause) == cause.Message) && _redactor.Clean(e.ToString()) == e.ToString();

    private static IEnumerable<Exception> Chain(Exception e) => e.InnerException is { } cause ? [e, .. Chain(cause)] : [e];

    /// <summary>What is meant for machines has standard output to itself.</summary>
    private IProgressScreen Screen() => new ReleaseArguments(_line.Arguments).Format != "text"
        ? new PlainScreen(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }), _redactor)
        : ScreenForPeople();

    private IProgressScreen ScreenForPeople() => _console.Profile.Capabilities.Interactive && _console.Profile.Out.IsTerminal
        ? new LiveScreen(_console, _redactor, TimeProvider.System)
        : new PlainScreen(_console, _redactor);

    /// <summary><c>release.json</c> stands in the folder itself or, where that is a repository's top, beside its build project.</summary>
    private static string FindSettings(string folder)
    {
        string[] places = [Path.Combine(folder, ReleaseSettings.FileName), Path.Combine(folder, "build", ReleaseSettings.FileName)];
        return Array.Find(places, File.Exists) ?? places[0];
    }

    private IEnumerable<string> ArgumentProblems(IReadOnlyList<string> ownArguments)
    {
        string[] known = [.. ReleaseArguments.Names, .. ownArguments];
        return _line.Arguments.Keys
            .Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase) && !ReleaseSettings.IsSetting(name) && !IsCakeSetting(name))
            .Select(name => $"--{name}: unknown argument.{Spelling.DidYouMean(name, [.. known, "target", "verbosity", "dryrun", "exclusive", "tree", "description", .. ReleaseSettings.SettingNames])}");
    }

    /// <summary>Cake reads its own settings from arguments too: <c>--settings_skippackageversioncheck=true</c>.</summary>
    private static bool IsCakeSetting(string name) =>
        name.StartsWith("settings_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("paths_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("nuget_", StringComparison.OrdinalIgnoreCase);

    /// <summary>Without one, Cake runs <c>Default</c>; most repositories have none.</summary>
    private IReadOnlyList<string> Targets => _line.Targets.Count > 0 ? _line.Targets : ["Default"];

    private IEnumerable<string> TargetProblems(IReadOnlyDictionary<string, bool> targets) => Targets
        .Where(target => !targets.ContainsKey(target))
        .Select(target => _line.Targets.Count == 0
            ? "--target is missing: name one. --tree shows them all."
            : $"--target={target}: unknown target.{Spelling.DidYouMean(target, targets.Keys)} --tree shows them all.");

    /// <summary>The settings matter to a run that touches a release target; a misspelt one may be meant as such.</summary>
    private IEnumerable<string> SettingProblems(IReadOnlyDictionary<string, bool> targets) =>
        Targets.Any(target => targets.GetValueOrDefault(target, defaultValue: true))
            ? [.. new ReleaseArguments(_line.Arguments).Problems(), .. _settings.Value.Problems, .. SandboxProblems(), .. UnheededProblems(targets)]
            : [];

    /// <summary>What no target would do is refused, so that nobody waits for its output.</summary>
    private IEnumerable<string> UnheededProblems(IReadOnlyDictionary<string, bool> targets)
    {
        var arguments = new ReleaseArguments(_line.Arguments);
        string[] writing = ["CheckPlan", "Plan", "Status"];
        if (arguments.Format != "text" && Targets.Where(targets.GetValueOrDefault).Except(writing, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } silent)
        {
            yield return $"--format={arguments.Format}: {silent} writes text only; {string.Join(", ", writing)} write JSON.";
        }

        if (arguments.PublishesCheckRun && OnlyReleaseTargets && !Targets.Contains("CheckPlan", StringComparer.OrdinalIgnoreCase))
        {
            yield return "--check-run: CheckPlan alone publishes one.";
        }
    }

    /// <summary>Nobody's production run goes on in the belief that it was a drill.</summary>
    private IEnumerable<string> SandboxProblems() =>
        new SandboxArguments(_line.Arguments) is { Given.Count: > 0 } given && _settings.Value.Options.Environment != ReleaseEnvironment.Sandbox && !Targets.Any(target => target is "Sandbox" or "Rehearse")
            ? [$"{given}: only a sandbox has these, and this run's environment is {_settings.Value.Options.Environment}."]
            : [];
}
