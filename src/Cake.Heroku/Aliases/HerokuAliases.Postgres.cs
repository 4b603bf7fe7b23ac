using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku;

public static partial class HerokuAliases
{
    /// <summary><c>heroku pg:info</c></summary>
    [CakeMethodAlias]
    public static Database HerokuPgInfo(this ICakeContext context, string app, string database = "DATABASE") =>
        Ask(context, heroku => heroku.Databases.DescribeAsync(new(app), database, default));

    /// <summary><c>heroku pg:wait</c></summary>
    [CakeMethodAlias]
    public static WaitStatus HerokuPgWait(this ICakeContext context, string app, string database = "DATABASE", TimeSpan? patience = null) =>
        Ask(context, heroku => heroku.Databases.WaitAsync(new(app), database, patience ?? Patience, default));

    /// <summary><c>heroku pg:promote</c>, read back. Promoting twice is a success.</summary>
    [CakeMethodAlias]
    public static Attachment HerokuPgPromote(this ICakeContext context, string app, string database, TimeSpan? patience = null) =>
        Ask(context, heroku => heroku.Databases.PromoteAsync(new(app), database, patience ?? Patience, default));

    /// <summary><c>heroku pg:backups</c></summary>
    [CakeMethodAlias]
    public static IReadOnlyList<Transfer> HerokuPgBackups(this ICakeContext context, string app) =>
        Ask(context, heroku => heroku.Data.ListTransfersAsync(new(app), default));

    /// <summary><c>heroku pg:backups:capture</c>, until it has succeeded.</summary>
    [CakeMethodAlias]
    public static Transfer HerokuPgBackupsCapture(
        this ICakeContext context, string app, string database = "DATABASE", TimeSpan? patience = null) =>
        Ask(context, heroku => heroku.Databases.CaptureAsync(new(app), database, patience ?? Patience, default));

    /// <summary><c>heroku pg:backups:restore</c>, until it has succeeded: overwrites the database.</summary>
    /// <param name="confirm">The app's name again.</param>
    [CakeMethodAlias]
    public static Transfer HerokuPgBackupsRestore(
        this ICakeContext context, string app, string backup, string database, string confirm, TimeSpan? patience = null) =>
        Ask(context, heroku =>
            heroku.Databases.RestoreAsync(new(app), backup, database, confirm, patience ?? Patience, default));

    /// <summary><c>heroku pg:backups:url</c>: for backup <c>b001</c>, 1.</summary>
    [CakeMethodAlias]
    public static PublicUrl HerokuPgBackupsUrl(this ICakeContext context, string app, int num) =>
        Ask(context, heroku => heroku.Data.CreatePublicUrlAsync(new(app), num, default));

    /// <summary><c>heroku pg:backups:cancel</c></summary>
    [CakeMethodAlias]
    public static void HerokuPgBackupsCancel(this ICakeContext context, string app, HerokuId<Transfer> transfer) =>
        Do(context, heroku => heroku.Data.CancelTransferAsync(new(app), transfer, default));
}
