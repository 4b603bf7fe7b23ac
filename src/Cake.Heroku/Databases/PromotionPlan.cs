namespace Cake.Heroku;

/// <summary>
/// What is left to be done until a database is an app's primary, by the attachments as they are: <c>heroku pg:promote</c> as a value. Make
/// the first attachment, follow its release, read the attachments again and plan again. Who stops half way finds the rest in the next plan.
/// </summary>
/// <remarks>
/// Nothing here takes <c>DATABASE</c> away. One request gives the name to another database, as the Heroku CLI does it: <c>POST
/// /addon-attachments</c> with the name and <c>confirm</c>. Heroku makes two releases of it, Detach and Attach; where only the first came
/// about, <see cref="Primary"/> is null and the same attachment is the next again.
/// </remarks>
public sealed record PromotionPlan
{
    private const string Pool = "DATABASE_CONNECTION_POOL";

    private PromotionPlan()
    {
    }

    /// <summary>What <c>DATABASE</c> stands for now; null where the app has none.</summary>
    public Attachment? Primary { get; private init; }

    /// <summary>
    /// To be made in this order: another name for the old primary, where it has none; <c>DATABASE</c>; its connection pool.
    /// </summary>
    public IReadOnlyList<NewAttachment> Attachments { get; private init; } = [];

    public bool IsDone => Attachments is [];

    /// <param name="app">The app.</param>
    /// <param name="wanted">What is to be primary.</param>
    /// <param name="attachments">All of the app's, as they are now.</param>
    /// <param name="alias">Names the old primary where it has no other name. Default: by a colour of Heroku's choice.</param>
    public static PromotionPlan Of(AppName app, AttachmentTarget wanted, IReadOnlyList<Attachment> attachments, string? alias = null)
    {
        var primary = attachments.FirstOrDefault(attachment => attachment.Name == Attachment.PrimaryDatabase);
        var pool = attachments.FirstOrDefault(attachment => attachment.Name == Pool);
        return new()
        {
            Primary = primary,
            Attachments =
            [
                .. primary is null || primary.Target == wanted ? [] : Alias(app, primary.Target, attachments, alias),
                .. primary?.Target == wanted ? [] : Named(app, Attachment.PrimaryDatabase, wanted),
                .. pool is null || pool.Addon.Id == wanted.Id ? [] : Named(app, Pool, wanted with { Namespace = pool.Namespace }),
            ],
        };
    }

    /// <summary>Why a database must not become primary as it is now; null where nothing speaks against it.</summary>
    public static string? Objection(WaitStatus status, Database database) => Progress.Of(status, database.Name) switch
    {
        Progress.UnderWay or Progress.Failed => $"{database.Name} is not ready ({status.Message}).",
        _ when database.Following is not null => $"{database.Name} follows another database and would go on doing so. Unfollow it first.",
        _ => null,
    };

    /// <summary>A database whose only name is <c>DATABASE</c> would be out of reach without it.</summary>
    private static IEnumerable<NewAttachment> Alias(
        AppName app, AttachmentTarget old, IEnumerable<Attachment> attachments, string? alias) =>
        attachments.Count(attachment => attachment.Target == old) > 1 ? [] : Named(app, alias, old);

    private static IEnumerable<NewAttachment> Named(AppName app, string? name, AttachmentTarget target) =>
        [new(target.Addon, app) { Name = name, Namespace = target.Namespace, Confirm = app }];
}
