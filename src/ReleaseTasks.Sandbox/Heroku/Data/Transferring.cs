using ReleaseTasks.Sandbox.Databases;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Makes backups and restores them.</summary>
internal sealed class Transferring(Platform platform) : IDisposable
{
    private readonly HttpClient _http = new();

    private IDatabaseEngine Databases => platform.Parts.Databases;

    public string FileOf(Guid transfer) => Path.Combine(platform.Parts.Directory, "backups", $"{transfer}.dump");

    public Uri UrlOf(Transfer transfer) => platform.UrlOf($"backups/{transfer.Id}");

    /// <summary>Begins a backup of a database; call it inside a change of the world.</summary>
    public Transfer Capture(HerokuWorld world, AddOn addOn) => Start(world, addOn, isBackup: true, backupUrl: null);

    /// <summary>Begins to overwrite a database with a backup; call it inside a change of the world.</summary>
    public Transfer Restore(HerokuWorld world, AddOn addOn, string backupUrl) => Start(world, addOn, isBackup: false, backupUrl);

    /// <summary>Begins the backups anew that the sandbox's last process took with it. A restore has failed: its source may have gone, too.</summary>
    public void Resume(HerokuWorld world)
    {
        foreach (var (app, transfer) in world.Apps.SelectMany(a => a.Transfers.Select(t => (a, t))).Where(pair => pair.t.FinishedAt is null))
        {
            if (transfer.IsBackup && world.AddOns.Find(a => a.Id == transfer.AddOn) is { } addOn)
            {
                Run(app, transfer, addOn);
            }
            else
            {
                End(transfer, bytes: 0, "the sandbox ended.");
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private Transfer Start(HerokuWorld world, AddOn addOn, bool isBackup, string? backupUrl)
    {
        var app = world.AppOf(addOn.App);
        var transfer = new Transfer
        {
            Number = app.Transfers.Count == 0 ? 1 : app.Transfers.Max(t => t.Number) + 1,
            IsBackup = isBackup,
            AddOn = addOn.Id,
            AddOnName = NameOf(world, addOn),
            BackupUrl = backupUrl,
            CreatedAt = platform.Now,
            UpdatedAt = platform.Now,
        };
        app.Transfers.Add(transfer);
        Run(app, transfer, addOn);
        return transfer;
    }

    private void Run(App app, Transfer transfer, AddOn addOn)
    {
        var (appId, id, url, name) = (app.Id, transfer.Id, transfer.BackupUrl, addOn.Name);
        platform.Background.StartInTurn(addOn.Id, $"transfer of {name}", ct => RunAsync(appId, id, name, url, ct));
    }

    private static string NameOf(HerokuWorld world, AddOn addOn)
    {
        var names = world.AttachmentsOf(addOn).Where(a => a.App == addOn.App).Select(a => a.Name).ToList();
        return names.Contains("DATABASE") ? "DATABASE" : names.Count > 0 ? names[0].Replace("HEROKU_POSTGRESQL_", "", StringComparison.Ordinal) : addOn.Name;
    }

    private async Task RunAsync(Guid app, Guid id, string database, string? backupUrl, CancellationToken ct)
    {
        var begun = platform.Store.Change(world => Begin(Find(world, app, id)));
        if (!begun)
        {
            return;
        }

        try
        {
            if (await platform.Parts.Faults.FailAsync(FaultWords.Transfer, ct))
            {
                throw new InvalidDataException("it was told to fail.");
            }

            var bytes = backupUrl is null ? await CaptureAsync(database, id, ct) : await RestoreAsync(database, backupUrl, id, ct);
            platform.Store.Change(world => End(Find(world, app, id), bytes, problem: null));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            platform.Store.Change(world => End(Find(world, app, id), bytes: 0, e.Message));
        }
    }

    /// <summary>False when it was cancelled before its turn.</summary>
    private bool Begin(Transfer transfer)
    {
        if (transfer.CanceledAt is not null)
        {
            return false;
        }

        transfer.StartedAt = platform.Now;
        Note(transfer, transfer.IsBackup ? "Dump started" : "Restore started");
        return true;
    }

    private void End(Transfer transfer, long bytes, string? problem)
    {
        if (transfer.CanceledAt is not null)
        {
            return;
        }

        (transfer.FinishedAt, transfer.Succeeded, transfer.Bytes) = (platform.Now, problem is null, bytes);
        Note(transfer, problem is null ? "Finished" : $"Failed: {problem}");
    }

    private void Note(Transfer transfer, string message)
    {
        transfer.UpdatedAt = platform.Now;
        transfer.Logs.Add(new TransferLog(platform.Now, message));
    }

    private async Task<long> CaptureAsync(string database, Guid id, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(id))!);
        return await Databases.CaptureAsync(database, FileOf(id), ct);
    }

    private async Task<long> RestoreAsync(string database, string url, Guid id, CancellationToken ct)
    {
        var file = FileOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        try
        {
            await using (var source = await _http.GetStreamAsync(new Uri(url), ct))
            await using (var target = File.Create(file))
            {
                await source.CopyToAsync(target, ct);
            }

            await Databases.RestoreAsync(file, database, ct);
            return new FileInfo(file).Length;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Transfer Find(HerokuWorld world, Guid app, Guid id) => world.AppOf(app).Transfers.Find(t => t.Id == id)!;
}
