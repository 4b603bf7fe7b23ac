namespace ReleaseTasks.Journals;

/// <summary>
/// What the journal shows masked, whole: <c>unmasked.json</c> beside it, readable by its owner alone (0600). The journal and its copy
/// refer to it, and whoever acts takes the whole from here.
/// </summary>
/// <param name="folder">The roll-out's own.</param>
internal sealed class Unmasked(string folder)
{
    private readonly PrivateTexts _file = new(Path.Combine(folder, "unmasked.json"));

    /// <summary>Null where it was written on another machine.</summary>
    public string? Find(string reference) => _file.Read().GetValueOrDefault(reference);

    public void Keep(string reference, string whole)
    {
        PrivateFile.MakeFolder(folder);
        _file.Add(new Dictionary<string, string> { [reference] = whole });
    }
}
