namespace ReleaseTasks.Options;

/// <summary>What stands behind the program's name: the targets, and the arguments with their values.</summary>
/// <remarks>
/// Cake takes every unknown option in silence, so a misspelt <c>--taget=Deploy</c> would run something else. This is read first, and
/// what nobody declared is refused.
/// </remarks>
internal sealed class CommandLine
{
    /// <summary>Frosting's own options, and whether each takes a value.</summary>
    private static readonly Dictionary<string, bool> Host = new(StringComparer.Ordinal)
    {
        ["--target"] = true, ["--Target"] = true, ["-t"] = true,
        ["--working"] = true, ["-w"] = true,
        ["--verbosity"] = true, ["-v"] = true,
        ["--description"] = false, ["--descriptions"] = false, ["--showdescription"] = false, ["--showdescriptions"] = false,
        ["--tree"] = false, ["--showtree"] = false,
        ["--dryrun"] = false, ["--noop"] = false, ["--whatif"] = false,
        ["--exclusive"] = false, ["-e"] = false,
        ["--version"] = false, ["--ver"] = false,
        ["--info"] = false, ["--help"] = false, ["-h"] = false, ["--no-report"] = false,
    };

    private static readonly HashSet<string> Informing = ["--description", "--descriptions", "--showdescription", "--showdescriptions", "--tree", "--showtree", "--version", "--ver", "--info", "--help", "-h"];

    private CommandLine()
    {
    }

    public List<string> Targets { get; } = [];

    /// <summary>The folder that <c>--working</c> names; null where it doesn't.</summary>
    public string? WorkingDirectory { get; private set; }

    /// <summary>The other arguments, without their dashes; a switch has the value <c>true</c>. Names ignore case.</summary>
    public Dictionary<string, string> Arguments { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for <c>--tree</c>, <c>--version</c> and the like, which carry out nothing.</summary>
    public bool OnlyInforms { get; private set; }

    public List<string> Problems { get; } = [];

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var line = new CommandLine();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (!name.StartsWith('-') || name is "-" or "--")
            {
                line.Problems.Add(name is "--" or "-" ? $"'{name}': arguments of targets are written --name=value." : $"'{Shown(name)}' stands alone. Targets are written --target=NAME, other arguments --name=value.");
                continue;
            }

            if (value is null && TakesValue(name) && i + 1 < args.Count && !args[i + 1].StartsWith('-'))
            {
                value = args[++i];
            }

            line.Add(name, value);
        }

        return line;
    }

    private static (string Name, string? Value) Split(string arg) =>
        arg.StartsWith('-') && arg.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (arg[..at], arg[(at + 1)..]) : (arg, null);

    /// <summary>Our own arguments may stand apart from their value too, as Cake has it.</summary>
    private static bool TakesValue(string name) => !Host.TryGetValue(name, out var takesValue) || takesValue;

    private void Add(string name, string? value)
    {
        if (value is "")
        {
            Problems.Add($"{name}=: the value is missing.");
        }
        else if (Host.TryGetValue(name, out var takesValue))
        {
            AddHostOption(name, value, takesValue);
        }
        else
        {
            Arguments[name.TrimStart('-')] = value ?? "true";
        }
    }

    private void AddHostOption(string name, string? value, bool takesValue)
    {
        OnlyInforms |= Informing.Contains(name);
        if (takesValue && value is null)
        {
            Problems.Add($"{name}: the value is missing.");
        }
        else if (!takesValue && value is not null)
        {
            Problems.Add($"{name} takes no value.");
        }
        else if (name is "--target" or "--Target" or "-t")
        {
            Targets.Add(value!);
        }
        else if (name is "--working" or "-w")
        {
            WorkingDirectory = value;
        }
    }

    /// <summary>A stray word might be a secret that lost its option: long ones are cut.</summary>
    private static string Shown(string word) => word.Length <= 24 ? word : word[..8] + "…";
}
