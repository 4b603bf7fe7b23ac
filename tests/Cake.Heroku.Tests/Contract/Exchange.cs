using Cake.Heroku.Tests.Samples;

namespace Cake.Heroku.Tests.Contract;

/// <summary>One method of the clients, the request that it must send, and Heroku's answer to it.</summary>
/// <param name="Body">Exactly; empty where there is none.</param>
internal sealed record Exchange(string Request, string Body, string Answer, Func<HerokuClients, Task> Call)
{
    private static readonly AppName Sushi = new("sushi");
    private static readonly HerokuId<Addon> Silver = new(Guid.Parse(Sample.SilverId));
    private static readonly string Release51 = Sample.ReleaseIdOf(51);
    private static readonly Guid Some = Guid.Parse("33333333-89ab-cdef-0123-456789abcdef");

    private static readonly SourceBlob Tarball = new(
        new("https://source.example.com/get")) { Version = "de63889", Checksum = "SHA256:e3b0" };

    private static readonly NewAddon Fork = new("heroku-postgresql:standard-0")
    {
        Name = "rollback-1234",
        Attachment = new() { Name = "SILVER" },
        Confirm = Sushi,
        Config = Options(("fork", "DATABASE_URL"), ("fast", true)),
    };

    private static readonly NewDyno Attached = new("alembic current")
    {
        Attach = true,
        Env = new Dictionary<string, string> { ["TERM"] = "dumb" },
        ForceNoTty = true,
        Size = "standard-2x",
        Type = "run",
        TimeToLive = 60,
    };

    public override string ToString() => Request;

    public static IEnumerable<Exchange> All() => Platform().Concat(Data());

    /// <summary>What heroku-platform-schema.json describes.</summary>
    public static IEnumerable<Exchange> Platform() =>
    [
        new(
            "GET /account",
            "",
            """{"id": "01234567-89ab-cdef-0123-456789abcdef", "email": "jim@example.com", "two_factor_authentication": false}""",
            h => h.Api.GetAccountAsync(default)),
        new("GET /account/rate-limits", "", """{"remaining": 4500}""", h => h.Api.GetRateLimitAsync(default)),
        new("GET /apps", "", $"[{Sample.App()}]", h => h.Api.ListAppsAsync(default)),
        new("GET /apps/sushi", "", Sample.App(), h => h.Api.GetAppAsync(Sushi, default)),
        new(
            "PATCH /apps/sushi",
            """{"maintenance":true}""",
            Sample.App(maintenance: true),
            h => h.Api.SetMaintenanceAsync(Sushi, on: true, default)),
        new(
            "GET /teams/kitchen/members",
            "",
            """
            [{"email": "jim@example.com", "role": "admin", "two_factor_authentication": true, "federated": false,
              "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}]
            """,
            h => h.Api.ListTeamMembersAsync("kitchen", default)),
        new(
            "GET /apps/sushi/features/preboot",
            "",
            """{"name": "preboot", "enabled": false, "state": "general"}""",
            h => h.Api.GetFeatureAsync(Sushi, "preboot", default)),
        new("GET /apps/sushi/releases", "", $"[{Sample.Release(51)}]", h => h.Api.ListNewestReleasesAsync(Sushi, 5, default)),
        new("GET /apps/sushi/releases/51", "", Sample.Release(51), h => h.Api.GetReleaseAsync(Sushi, 51, default)),
        new(
            $"GET /apps/sushi/releases/{Release51}",
            "",
            Sample.Release(51),
            h => h.Api.GetReleaseAsync(Sushi, new HerokuId<Release>(Guid.Parse(Release51)), default)),
        new(
            "GET /apps/sushi/releases/51/config-vars",
            "",
            """{"MYVAR": "value"}""",
            h => h.Api.GetReleaseConfigVarsAsync(Sushi, 51, default)),
        new(
            "POST /apps/sushi/releases",
            $$"""{"release":"{{Release51}}"}""",
            Sample.Release(53, status: "pending"),
            h => h.Api.RollBackAsync(Sushi, new HerokuId<Release>(Guid.Parse(Release51)), default)),
        new("GET /apps/sushi/config-vars", "", """{"MYVAR": "value"}""", h => h.Api.GetConfigVarsAsync(Sushi, default)),
        new("PATCH /apps/sushi/config-vars", """{"MYVAR":"value","OtherVar":null}""", """{"MYVAR": "value"}""",
            h => h.Api.SetConfigVarsAsync(Sushi, new Dictionary<string, string?> { ["MYVAR"] = "value", ["OtherVar"] = null }, default)),
        new("GET /apps/sushi/addons", "", $"[{Sample.Addon()}]", h => h.Api.ListAddonsAsync(Sushi, default)),
        new(
            "GET /apps/sushi/addons/postgresql-flat-12345",
            "",
            Sample.Addon(),
            h => h.Api.GetAddonAsync(Sushi, "postgresql-flat-12345", default)),
        new(
            "POST /apps/sushi/addons",
            """
            {"plan":"heroku-postgresql:standard-0","attachment":{},
             "config":{"rollback":"HEROKU_POSTGRESQL_YELLOW","to":"2013-10-21 15:52+00"}}
            """,
            Sample.Addon(state: "provisioning"),
            h => h.Api.CreateAddonAsync(
                Sushi,
                new("heroku-postgresql:standard-0") { Config = Options(
                    ("rollback", "HEROKU_POSTGRESQL_YELLOW"),
                    ("to", "2013-10-21 15:52+00")) },
                default)),
        new(
            "POST /apps/sushi/addons",
            """
            {"plan":"heroku-postgresql:standard-0","name":"rollback-1234","attachment":{"name":"SILVER"},
             "config":{"fork":"DATABASE_URL","fast":true},"confirm":"sushi"}
            """,
            Sample.Addon(state: "provisioning"),
            h => h.Api.CreateAddonAsync(Sushi, Fork, default)),
        new(
            $"DELETE /apps/sushi/addons/{Sample.SilverId}",
            """{"force":false}""",
            Sample.Addon(state: "deprovisioned"),
            h => h.Api.DestroyAddonAsync(Sushi, Silver, new(Force: false), default)),
        new(
            "POST /actions/addons/resolve",
            """{"addon":"HEROKU_POSTGRESQL_SILVER","app":"sushi"}""",
            $"[{Sample.Addon()}]",
            h => h.Api.ResolveAddonsAsync(new("HEROKU_POSTGRESQL_SILVER", Sushi), default)),
        new("GET /apps/sushi/addon-attachments", "", $"[{Sample.Attachment("DATABASE")}]", h => h.Api.ListAttachmentsAsync(Sushi, default)),
        new(
            $"GET /addons/{Sample.SilverId}/addon-attachments",
            "",
            $"[{Sample.Attachment("DATABASE")}]",
            h => h.Api.ListAttachmentsOfAsync(Silver, default)),
        new(
            "GET /apps/sushi/addon-attachments/DATABASE",
            "",
            Sample.Attachment("DATABASE"),
            h => h.Api.GetAttachmentAsync(Sushi, "DATABASE", default)),
        new("POST /addon-attachments",
            """{"addon":{"name":"postgresql-flat-12345"},"app":{"name":"sushi"},"name":"DATABASE","namespace":null,"confirm":"sushi"}""",
            Sample.Attachment("DATABASE"),
            h => h.Api.AttachAddonAsync(new("postgresql-flat-12345", Sushi) { Name = "DATABASE", Confirm = Sushi }, default)),
        new($"DELETE /addon-attachments/{Some}", "", Sample.Attachment("SILVER"), h => h.Api.DetachAddonAsync(new(Some), default)),
        new("GET /apps/sushi/formation", "", $"[{Sample.Formation()}]", h => h.Api.ListFormationAsync(Sushi, default)),
        new(
            "PATCH /apps/sushi/formation",
            """{"updates":[{"type":"web","quantity":2}]}""",
            $"[{Sample.Formation(quantity: 2)}]",
            h => h.Api.ScaleAsync(Sushi, new Dictionary<string, int> { ["web"] = 2 }, default)),
        new("GET /apps/sushi/dynos", "", $"[{Sample.Dyno("web.1", "web")}]", h => h.Api.ListDynosAsync(Sushi, default)),
        new(
            "POST /apps/sushi/dynos",
            """{"command":"alembic current","attach":false}""",
            Sample.Dyno(),
            h => h.Api.RunAsync(Sushi, new("alembic current"), default)),
        new(
            "POST /apps/sushi/dynos",
            """
            {"command":"alembic current","attach":true,"env":{"TERM":"dumb"},"force_no_tty":true,"size":"standard-2x","type":"run",
             "time_to_live":60}
            """,
            Sample.Dyno(),
            h => h.Api.RunAsync(Sushi, Attached, default)),
        new("DELETE /apps/sushi/dynos", "", "{}", h => h.Api.RestartAsync(Sushi, default)),
        new("DELETE /apps/sushi/dynos/web.1", "", "{}", h => h.Api.RestartDynoAsync(Sushi, "web.1", default)),
        new("DELETE /apps/sushi/formations/web", "", "{}", h => h.Api.RestartTypeAsync(Sushi, "web", default)),
        new(
            "POST /sources",
            "",
            """{"source_blob": {"get_url": "https://source.example.com/get", "put_url": "https://source.example.com/put"}}""",
            h => h.Api.CreateSourceAsync(default)),
        new(
            "POST /apps/sushi/builds",
            """
            {"source_blob":{"url":"https://source.example.com/get","version":"de63889","checksum":"SHA256:e3b0"},
             "buildpacks":[{"name":"heroku/python"}]}
            """,
            Sample.Build(),
            h => h.Api.CreateBuildAsync(Sushi, new(Tarball) { Buildpacks = [new() { Name = "heroku/python" }] }, default)),
        new("GET /apps/sushi/builds", "", $"[{Sample.Build()}]", h => h.Api.ListNewestBuildsAsync(Sushi, 5, default)),
        new(
            "POST /apps/sushi/log-sessions",
            """{"lines":100,"tail":false}""",
            $$"""{"id": "{{Some}}", "logplex_url": "https://logplex.example.com/sessions/1?srv=2"}""",
            h => h.Api.CreateLogSessionAsync(Sushi, new(), default)),
        new(
            "POST /apps/sushi/log-sessions",
            """{"lines":10,"tail":true,"source":"app","dyno":"web.1"}""",
            $$"""{"id": "{{Some}}", "logplex_url": "https://logplex.example.com/sessions/1?srv=2"}""",
            h => h.Api.CreateLogSessionAsync(Sushi, new() { Lines = 10, Tail = true, Source = "app", Dyno = "web.1" }, default)),
    ];

    private static IEnumerable<Exchange> Data() =>
    [
        new($"GET /client/v11/databases/{Sample.SilverId}", "", Sample.Database(), h => h.Data.GetDatabaseAsync(Silver, default)),
        new(
            $"GET /client/v11/databases/{Sample.SilverId}/wait_status",
            "",
            """{"waiting?": false, "message": "available"}""",
            h => h.Data.GetWaitStatusAsync(Silver, default)),
        new(
            $"POST /client/v11/databases/{Sample.SilverId}/backups",
            "",
            Sample.Transfer("null", "null"),
            h => h.Data.CaptureBackupAsync(Silver, default)),
        new(
            $"POST /client/v11/databases/{Sample.SilverId}/restores",
            """{"backup_url":"https://backups.example.com/dump?signature=secret"}""",
            Sample.Transfer("null", "null"),
            h => h.Data.RestoreAsync(Silver, new(new("https://backups.example.com/dump?signature=secret")), default)),
        new(
            $"POST /client/v11/databases/{Sample.SilverId}/restores",
            """{"backup_url":"https://backups.example.com/dump","extensions":["citext"]}""",
            Sample.Transfer("null", "null"),
            h => h.Data.RestoreAsync(Silver, new(new("https://backups.example.com/dump")) { Extensions = ["citext"] }, default)),
        new("GET /client/v11/apps/sushi/transfers", "", $"[{Sample.Transfer()}]", h => h.Data.ListTransfersAsync(Sushi, default)),
        new(
            $"GET /client/v11/apps/sushi/transfers/{Some}?verbose=true",
            "",
            Sample.Transfer(num: "\"1\""),
            h => h.Data.GetTransferAsync(Sushi, new HerokuId<Transfer>(Some), default)),
        new(
            $"POST /client/v11/apps/sushi/transfers/{Some}/actions/cancel",
            "",
            "{}",
            h => h.Data.CancelTransferAsync(Sushi, new(Some), default)),
        new(
            "POST /client/v11/apps/sushi/transfers/1/actions/public-url",
            "",
            """{"url": "https://backups.example.com/dump?signature=secret", "expires_at": "2026-01-01 12:00:00 +0000"}""",
            h => h.Data.CreatePublicUrlAsync(Sushi, 1, default)),
    ];

    private static Dictionary<string, object> Options(params (string Name, object Value)[] options) =>
        options.ToDictionary(option => option.Name, option => option.Value);
}
