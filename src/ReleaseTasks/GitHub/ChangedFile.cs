namespace ReleaseTasks.GitHub;

/// <summary>A file that differs between two commits; its hunks are null where GitHub leaves them out: binary, or too large.</summary>
public sealed record ChangedFile(string Path, string? Patch, Uri? Url);
