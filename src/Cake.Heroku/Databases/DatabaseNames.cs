namespace Cake.Heroku;

/// <summary>By which names people know a database: its attachment's, its config var's, its add-on's.</summary>
public static class DatabaseNames
{
    extension(IEnumerable<Attachment> attachments)
    {
        /// <summary>
        /// The attachment that a name means, null where there is none. <c>DATABASE</c> and <c>DATABASE_URL</c> are one; the name of an
        /// add-on stands for its default credential, where that is attached.
        /// </summary>
        public Attachment? FindDatabase(string name)
        {
            var all = attachments.ToList();
            return all.Find(a => IsSame(a.Name, name))
                ?? all.Find(a => IsSame($"{a.Name}_URL", name) || a.ConfigVars.Contains(name))
                ?? all.Where(a => a.Addon.Name == name || a.Addon.Id.ToString() == name).MinBy(a => a.Namespace is null ? 0 : 1);
        }
    }

    /// <summary>
    /// Backups of a database that somebody asked for, rather than a schedule or of another database; begun, done or failed.
    /// </summary>
    /// <param name="transfers">Of the app.</param>
    /// <param name="database">Which database.</param>
    /// <param name="attachments">Of the app: a backup's source is named by one, with or without <c>HEROKU_POSTGRESQL_</c>.</param>
    public static IEnumerable<Transfer> BackupsOf(
        this IEnumerable<Transfer> transfers, AttachmentTarget database, IEnumerable<Attachment> attachments)
    {
        var names = attachments.Where(a => a.Addon.Id == database.Id).Select(a => Short(a.Name)).Append(database.Addon).ToHashSet();
        return transfers.Where(transfer =>
            transfer is { IsBackup: true, Schedule: null, FromName: { } from } && names.Contains(Short(from)));
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string Short(string name) =>
        name.StartsWith("HEROKU_POSTGRESQL_", StringComparison.Ordinal) ? name["HEROKU_POSTGRESQL_".Length..] : name;
}
