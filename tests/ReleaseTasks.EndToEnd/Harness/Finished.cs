namespace ReleaseTasks.EndToEnd;

/// <summary>What a command left behind for whoever typed it.</summary>
internal sealed record Finished(int ExitCode, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string LastLine => Lines is [.., var last] ? last : "";

    public override string ToString() => $"exit {ExitCode}\n--- output\n{Output}\n--- errors\n{Errors}";
}
