using Refit;

namespace Cake.Heroku;

/// <summary>The part of Heroku's Data API that releases need: databases and their backups. One method, one request.</summary>
/// <exception cref="HerokuApiException">Any method: Heroku refused, or what came of the request isn't known.</exception>
public interface IHerokuDataApi
{
    /// <summary><c>GET /client/v11/databases/{database}</c></summary>
    [Get("/client/v11/databases/{database}")]
    Task<Database> GetDatabaseAsync(HerokuId<Addon> database, CancellationToken ct);

    /// <summary><c>GET /client/v11/databases/{database}/wait_status</c></summary>
    [Get("/client/v11/databases/{database}/wait_status")]
    Task<WaitStatus> GetWaitStatusAsync(HerokuId<Addon> database, CancellationToken ct);

    /// <summary><c>POST /client/v11/databases/{database}/backups</c>: begun, not done; see <see cref="Transfer.Succeeded"/>.</summary>
    [Post("/client/v11/databases/{database}/backups")]
    Task<Transfer> CaptureBackupAsync(HerokuId<Addon> database, CancellationToken ct);

    /// <summary>
    /// <c>POST /client/v11/databases/{database}/restores</c>: overwrites the database. Begun, not done: <see cref="Transfer.Succeeded"/>.
    /// </summary>
    [Post("/client/v11/databases/{database}/restores")]
    Task<Transfer> RestoreAsync(HerokuId<Addon> database, [Body] NewRestore restore, CancellationToken ct);

    /// <summary><c>GET /client/v11/apps/{app}/transfers</c>: backups, restores and copies, in no particular order.</summary>
    [Get("/client/v11/apps/{app}/transfers")]
    Task<IReadOnlyList<Transfer>> ListTransfersAsync(AppName app, CancellationToken ct);

    /// <summary><c>GET /client/v11/apps/{app}/transfers/{transfer}?verbose=true</c>: with its log.</summary>
    [Get("/client/v11/apps/{app}/transfers/{transfer}?verbose=true")]
    Task<Transfer> GetTransferAsync(AppName app, HerokuId<Transfer> transfer, CancellationToken ct);

    /// <summary><c>POST /client/v11/apps/{app}/transfers/{transfer}/actions/cancel</c></summary>
    [Post("/client/v11/apps/{app}/transfers/{transfer}/actions/cancel")]
    Task CancelTransferAsync(AppName app, HerokuId<Transfer> transfer, CancellationToken ct);

    /// <summary><c>POST /client/v11/apps/{app}/transfers/{num}/actions/public-url</c></summary>
    [Post("/client/v11/apps/{app}/transfers/{num}/actions/public-url")]
    Task<PublicUrl> CreatePublicUrlAsync(AppName app, int num, CancellationToken ct);
}
