using System.ComponentModel;
using Cake.Cli;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>The options of the command line. Every other <c>--name=value</c> is an argument for the tasks.</summary>
internal sealed class RunSettings : CommandSettings
{
    [CommandOption("-t|--target|--Target <TARGET>")]
    [Description("The task to run. Give it several times to run several, in that order.")]
    [DefaultValue("Default")]
    public string[] Targets { get; init; } = ["Default"];

    [CommandOption("-w|--working <PATH>")]
    [Description("The directory to work in.")]
    [TypeConverter(typeof(Cli.DirectoryPathConverter))]
    public DirectoryPath? WorkingDirectory { get; init; }

    [CommandOption("-v|--verbosity <VERBOSITY>")]
    [Description("How much to tell: quiet, minimal, normal, verbose or diagnostic.")]
    [TypeConverter(typeof(VerbosityConverter))]
    public Verbosity? Verbosity { get; init; }

    [CommandOption("--description|--descriptions|--showdescription|--showdescriptions")]
    [Description("List the tasks and what they do.")]
    public bool Description { get; init; }

    [CommandOption("--tree|--showtree")]
    [Description("Show which task depends on which.")]
    public bool Tree { get; init; }

    [CommandOption("--dryrun|--noop|--whatif")]
    [Description("Walk through the tasks without running them.")]
    public bool DryRun { get; init; }

    [CommandOption("-e|--exclusive")]
    [Description("Run the target without the tasks it depends on.")]
    public bool Exclusive { get; init; }

    [CommandOption("--version|--ver")]
    [Description("Show the version of Cake.")]
    public bool Version { get; init; }

    [CommandOption("--info")]
    [Description("Show more about Cake.")]
    public bool Info { get; init; }

    [CommandOption("--no-report")]
    [Description("End without the table of tasks.")]
    public bool NoReport { get; init; }
}
