namespace ReleaseTasks.Plans.Commands;

/// <summary>From a command to the work it asks for. What it doesn't know for certain becomes <see cref="Work.Manual"/> and says why.</summary>
internal static class CommandRecogniser
{
    private static readonly string[] HarmlessToCurl =
        ["-f", "-s", "-S", "-L", "-I", "-i", "-sS", "-fs", "-sf", "-fsS", "-sSf", "-fL", "-sL", "-sI", "-fsSL", "--fail", "--silent", "--show-error", "--location", "--head", "--include"];

    /// <summary>At least one piece of work; more where it does the same to several things (<c>ps:scale web=2 worker=1</c>).</summary>
    public static IReadOnlyList<Work> Recognise(string text)
    {
        var (line, reason) = HerokuCommandLine.Parse(CommandText.WithoutPrompt(text));
        if (line is null)
        {
            return [new Work.Manual(reason is null ? "a command is missing" : $"{reason}, and a step is never given to a shell")];
        }

        return line.Words[0].Text == "heroku" && line.Words.Count > 1
            ? HerokuCommands.Read(line.Words[1].Text, [.. line.Words.Skip(2)], line.SavedTo)
            : [OtherTool(line)];
    }

    public static Work? Alembic(IReadOnlyList<string> words) => words switch
    {
        ["upgrade", var revision] when CommandNames.IsRevision(revision) => new Work.AlembicUpgrade(revision),
        ["downgrade", var revision] when CommandNames.IsRevision(revision) => new Work.AlembicDowngrade(revision),
        _ => null,
    };

    public static string Short(string word) => word.Length <= 40 ? word : $"{word[..40]}…";

    private static Work OtherTool(HerokuCommandLine line)
    {
        if (line.SavedTo is not null || line.Words.Any(word => word.File is not null))
        {
            return new Work.Manual("only `heroku` commands may save to a file or read from one");
        }

        string[] words = [.. line.Words.Skip(1).Select(word => word.Text)];
        return line.Words[0].Text switch
        {
            "alembic" => Alembic(words) ?? new Work.Manual("of `alembic` only `upgrade REVISION` and `downgrade REVISION` are known"),
            "git" => GitPush(words),
            "curl" => Curl(words),
            var tool => new Work.Manual($"`{Short(tool)}` isn't a command that it knows"),
        };
    }

    private static Work GitPush(string[] words) => words switch
    {
        ["push", "heroku", "master" or "main" or "HEAD:master" or "HEAD:main" or "main:master" or "master:main"] => new Work.Deploy(),
        ["push", ..] when words.Any(word => word is "-f" or "--force" || word.StartsWith('+') || word.StartsWith("--force", StringComparison.Ordinal)) => new Work.Manual("nothing is ever pushed by force"),
        _ => new Work.Manual("of `git` only `git push heroku master` is known"),
    };

    private static Work Curl(string[] words) =>
        words.Where(word => !HarmlessToCurl.Contains(word)).ToArray() is [var address] && StepText.WebAddress(address) is { } url
            ? new Work.SmokeTest(url)
            : new Work.Manual("of `curl` only the reading of one http address is known");
}
