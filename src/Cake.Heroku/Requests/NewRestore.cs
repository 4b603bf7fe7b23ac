namespace Cake.Heroku;

/// <param name="BackupUrl">A backup's <see cref="Transfer.ToUrl"/>, or any address of a dump that the database's host can read.</param>
public sealed record NewRestore(SecretUrl BackupUrl)
{
    /// <summary>Extensions to install first; null for none.</summary>
    public IReadOnlyList<string>? Extensions { get; init; }
}
