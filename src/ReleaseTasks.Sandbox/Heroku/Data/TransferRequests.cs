using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/client/v11/apps/{app}/transfers</c> of the Data API: backups and restores.</summary>
internal sealed class TransferRequests(Platform platform)
{
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(1);

    public void Map(HerokuRoutes routes)
    {
        routes.Get("/client/v11/apps/{app}/transfers", (world, request) =>
            Answer.Ok(new JsonArray([.. request.App(world).Transfers.Select(t => Shape(world, t, verbose: false))])));
        routes.Get("/client/v11/apps/{app}/transfers/{transfer}", (world, request) =>
            Answer.Ok(Shape(world, Find(world, request), request.Context.Request.Query["verbose"] == "true")));
        routes.Change("DELETE", "/client/v11/apps/{app}/transfers/{transfer}", Delete);
        routes.Query("POST", "/client/v11/apps/{app}/transfers/{transfer}/actions/public-url", PublicUrl);
        routes.Change("POST", "/client/v11/apps/{app}/transfers/{transfer}/actions/cancel", Cancel);
        routes.Change("POST", "/client/v11/databases/{database}/backups", (world, request) =>
            Answer.Created(Shape(world, platform.Transferring.Capture(world, DatabaseRequests.Available(world, request)), verbose: false)));
        routes.Change("POST", "/client/v11/databases/{database}/restores", Restore);
        routes.Open("GET", "/backups/{id}", DownloadAsync);
    }

    private JsonObject Shape(HerokuWorld world, Transfer transfer, bool verbose)
    {
        var database = world.AddOns.Find(a => a.Id == transfer.AddOn)?.Vars.GetValueOrDefault("URL");
        var shape = new JsonObject
        {
            ["uuid"] = transfer.Id,
            ["num"] = transfer.Number,
            ["from_type"] = transfer.IsBackup ? "pg_dump" : "gof3r",
            ["to_type"] = transfer.IsBackup ? "gof3r" : "pg_restore",
            ["from_name"] = transfer.IsBackup ? transfer.AddOnName : "BACKUP",
            ["to_name"] = transfer.IsBackup ? "BACKUP" : transfer.AddOnName,
            ["from_url"] = transfer.IsBackup ? database : transfer.BackupUrl,
            ["to_url"] = transfer.IsBackup ? platform.Transferring.UrlOf(transfer).AbsoluteUri : database,
            ["source_bytes"] = transfer.Bytes,
            ["processed_bytes"] = transfer.Bytes,
            ["created_at"] = Json.Time(transfer.CreatedAt),
            ["started_at"] = Json.Time(transfer.StartedAt),
            ["finished_at"] = Json.Time(transfer.FinishedAt),
            ["canceled_at"] = Json.Time(transfer.CanceledAt),
            ["updated_at"] = Json.Time(transfer.UpdatedAt),
            ["succeeded"] = transfer.Succeeded,
            ["warnings"] = 0,
            ["options"] = new JsonObject(),
            ["schedule"] = null,
        };
        if (verbose)
        {
            shape["logs"] = new JsonArray([.. transfer.Logs.Select(l => new JsonObject { ["created_at"] = Json.Time(l.CreatedAt), ["message"] = l.Message })]);
        }

        return shape;
    }

    private Answer Restore(HerokuWorld world, HerokuRequest request)
    {
        var addOn = DatabaseRequests.Available(world, request);
        var url = request.Body.RequiredText("backup_url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw Refusal.InvalidParams("Invalid param backup_url: it must be an http or https URL.");
        }

        return Answer.Created(Shape(world, platform.Transferring.Restore(world, addOn, url), verbose: false));
    }

    private Answer PublicUrl(HerokuWorld world, HerokuRequest request)
    {
        var transfer = Find(world, request);
        return transfer is { IsBackup: true, Succeeded: true }
            ? Answer.Created(new JsonObject { ["url"] = platform.Transferring.UrlOf(transfer).AbsoluteUri, ["expires_at"] = Json.Time(platform.Now + UrlLifetime) })
            : throw new Refusal(422, "unprocessable_entity", "Only a finished backup has a URL.");
    }

    private Answer Cancel(HerokuWorld world, HerokuRequest request)
    {
        var transfer = Find(world, request);
        if (transfer.FinishedAt is not null)
        {
            throw new Refusal(422, "unprocessable_entity", "The transfer has already finished.");
        }

        var now = platform.Now;
        (transfer.CanceledAt, transfer.FinishedAt, transfer.UpdatedAt, transfer.Succeeded) = (now, now, now, false);
        return Answer.Ok(new JsonObject { ["message"] = "canceled", ["canceled_at"] = Json.Time(now) });
    }

    private Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var transfer = Find(world, request);
        var shape = Shape(world, transfer, verbose: false);
        request.App(world).Transfers.Remove(transfer);
        File.Delete(platform.Transferring.FileOf(transfer.Id));
        return Answer.Ok(shape);
    }

    private async Task DownloadAsync(HttpContext context)
    {
        var file = platform.Transferring.FileOf(HerokuRoutes.IdOf(context, "backup"));
        if (!File.Exists(file))
        {
            throw Refusal.NotFound("backup");
        }

        context.Response.ContentType = "application/octet-stream";
        await using var stream = File.OpenRead(file);
        context.Response.ContentLength = stream.Length;
        await stream.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>By number or uuid.</summary>
    private static Transfer Find(HerokuWorld world, HerokuRequest request) =>
        request.App(world).Transfers.Find(t => t.Id.ToString() == request["transfer"] || t.Number.ToString(CultureInfo.InvariantCulture) == request["transfer"])
        ?? throw Refusal.NotFound("transfer");
}
