namespace ReleaseTasks.Plans.Commands;

/// <summary>A sub-command's words, sorted into options and the rest, as the official CLI sorts them. Options may stand anywhere before <c>--</c>.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    private CommandArguments()
    {
    }

    /// <summary>Why the words can't be understood; null where they can.</summary>
    public string? Reason { get; private set; }

    public List<CommandWord> Rest { get; } = [];

    public string? App => this["app"];

    public string? this[string option] => _options.GetValueOrDefault(option);

    /// <param name="words">What follows the sub-command.</param>
    /// <param name="options">What it takes: <c>app=</c> with a value, <c>wait</c> without; a short form after a blank, <c>app= a</c>.</param>
    /// <param name="keepUnknown">Whether an unknown option belongs to the rest (<c>run</c>), instead of making the command one that isn't understood.</param>
    public static CommandArguments Sort(IReadOnlyList<CommandWord> words, IReadOnlyList<string> options, bool keepUnknown = false)
    {
        var sorted = new CommandArguments();
        for (var i = 0; i < words.Count && sorted.Reason is null; i++)
        {
            var text = words[i].Text;
            if (text == "--")
            {
                sorted.AfterDashes([.. words.Skip(i + 1)], keepUnknown);
                break;
            }

            if (text.Length < 2 || text[0] != '-' || words[i].File is not null)
            {
                sorted.Rest.Add(words[i]);
                continue;
            }

            var name = text.TrimStart('-').Split('=', 2);
            var option = options.FirstOrDefault(option => Is(option, name[0], shortForm: !text.StartsWith("--", StringComparison.Ordinal)));
            if (option is null)
            {
                sorted.Unknown(words[i], keepUnknown);
                continue;
            }

            var takesValue = option.Contains('=', StringComparison.Ordinal);
            if (!takesValue || name.Length == 2)
            {
                sorted.Add(option, name.Length == 2 ? name[1] : "", misused: !takesValue && name.Length == 2);
            }
            else if (i + 1 < words.Count && words[i + 1].File is null)
            {
                sorted.Add(option, words[++i].Text);
            }
            else
            {
                sorted.Reason = $"`{text}` has no value";
            }
        }

        return sorted;
    }

    private static bool Is(string option, string name, bool shortForm)
    {
        var names = option.Split("= ".ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        return shortForm ? names.Length > 1 && names[1] == name : names[0] == name;
    }

    /// <summary>A provider's options (<c>-- --rollback X --to T</c>) are options like the others; a command to run is taken as it stands.</summary>
    private void AfterDashes(IReadOnlyList<CommandWord> words, bool asTheyStand)
    {
        if (asTheyStand)
        {
            Rest.AddRange(words);
            return;
        }

        var provider = Sort(words, ["rollback=", "to="]);
        Reason = provider.Reason;
        Rest.AddRange(provider.Rest);
        foreach (var (name, value) in provider._options)
        {
            Add(name, value);
        }
    }

    private void Unknown(CommandWord word, bool keep)
    {
        if (keep)
        {
            Rest.Add(word);
            return;
        }

        Reason = $"its option `{word.Text.Split('=')[0]}` isn't known here";
    }

    private void Add(string option, string value, bool misused = false)
    {
        var name = option.Split('=', ' ')[0];
        if (misused || !_options.TryAdd(name, value))
        {
            Reason = misused ? $"its option `--{name}` takes no value" : $"its option `--{name}` stands there twice";
        }
    }
}
