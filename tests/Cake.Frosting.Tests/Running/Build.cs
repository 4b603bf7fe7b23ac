using Cake.Core;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cake.Frosting.Tests.Running;

/// <summary>A build made of a few classes, run in this process. The context is a <see cref="StoryContext"/> unless the test says otherwise.</summary>
internal sealed class Build
{
    private readonly CakeHost host = new();
    private readonly Story story = [];
    private readonly StringWriter screen = new();
    private readonly StringWriter errors = new();

    private Build()
    {
        host.UseContext<StoryContext>().ConfigureServices(services => services
            .AddSingleton(story)
            .AddSingleton<IConsole>(new RecordingConsole(screen, errors))
            .AddSingleton(PlainText(screen)));
    }

    public static Build Of(params Type[] tasks) => new Build().With(host => host.AddAssembly(new Sketch(tasks)));

    public Build With(Func<CakeHost, CakeHost> change)
    {
        change(host);
        return this;
    }

    public Outcome Run(params string[] args)
    {
        var directory = Environment.CurrentDirectory;
        try
        {
            return new(host.Run(args), story, Text.Tidy(screen), Text.Tidy(errors));
        }
        finally
        {
            Environment.CurrentDirectory = directory;
        }
    }

    private static IAnsiConsole PlainText(TextWriter writer)
    {
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 80;
        return console;
    }
}

/// <summary>What a run has left behind.</summary>
internal sealed record Outcome(int ExitCode, Story Story, string Screen, string Errors);
