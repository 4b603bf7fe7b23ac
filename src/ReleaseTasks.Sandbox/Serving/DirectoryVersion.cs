using System.Globalization;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>Which version of the sandbox's files a directory holds: those of a later one would be misread.</summary>
internal static class DirectoryVersion
{
    public const string FileName = "version";

    /// <summary>Rises whenever an older sandbox would misread what this one writes.</summary>
    private const int Ours = 1;

    /// <summary>Marks a directory as ours. One without a mark is new, or as old as can be.</summary>
    /// <exception cref="InvalidDataException">It's a later one's, or nobody's that we know.</exception>
    public static void Check(string directory)
    {
        var path = Path.Combine(directory, FileName);
        var text = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        if (text.Length == 0)
        {
            File.WriteAllText(path, Ours.ToString(CultureInfo.InvariantCulture));
        }
        else if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw new InvalidDataException($"{path} isn't a sandbox's: it says '{text[..Math.Min(text.Length, 20)]}'. Move the folder away, or run --target=SandboxReset to empty it.");
        }
        else if (version > Ours)
        {
            throw new InvalidDataException($"{directory} holds the world of a later version ({version}; this one is {Ours}). Use that one, or run --target=SandboxReset to start anew.");
        }
    }
}
