namespace Cake.Heroku.Tests.Samples;

/// <summary>Heroku's JSON, written by hand after its documentation.</summary>
internal static class Sample
{
    public const string AppId = "01234567-89ab-cdef-0123-456789abcdef";
    public const string YellowId = "11111111-89ab-cdef-0123-456789abcdef";
    public const string SilverId = "22222222-89ab-cdef-0123-456789abcdef";

    public static string App(bool maintenance = false) => $$"""
        {"id": "{{AppId}}", "name": "sushi", "maintenance": {{(maintenance ? "true" : "false")}},
         "owner": {"id": "01234567-89ab-cdef-0123-456789abcdef", "email": "jim@example.com"}, "team": null, "space": null, "acm": false,
         "region": {"id": "01234567-89ab-cdef-0123-456789abcdef", "name": "us"},
         "stack": {"id": "01234567-89ab-cdef-0123-456789abcdef", "name": "heroku-24"},
         "build_stack": {"id": "01234567-89ab-cdef-0123-456789abcdef", "name": "heroku-24"},
         "generation": {"id": "01234567-89ab-cdef-0123-456789abcdef", "name": "cedar"},
         "git_url": "https://git.heroku.com/sushi.git", "web_url": "https://sushi.herokuapp.com/", "repo_size": 0, "slug_size": 0,
         "archived_at": null, "released_at": "2026-01-01T12:00:00Z", "created_at": "2026-01-01T12:00:00Z",
         "updated_at": "2026-01-01T12:00:00Z"}
        """;

    /// <summary>As lists by filter show it.</summary>
    public static string TeamApp() => App().Replace("\"acm\": false,", "", StringComparison.Ordinal)
        .Replace("\"generation\": {\"id\": \"01234567-89ab-cdef-0123-456789abcdef\", \"name\": \"cedar\"},", "", StringComparison.Ordinal);

    public static string ReleaseIdOf(int version) => $"{version:00000000}-0000-0000-0000-000000000000";

    public static string Release(
        int version, string status = "succeeded", bool current = true, bool eligible = true, string description = "Deploy de63889") => $$"""
        {"id": "{{ReleaseIdOf(version)}}", "version": {{version}}, "description": "{{description}}", "status": "{{status}}",
         "current": {{(current ? "true" : "false")}},
         "eligible_for_rollback": {{(eligible ? "true" : "false")}},
         "user": {"id": "01234567-89ab-cdef-0123-456789abcdef", "email": "stephan@example.com"},
         "slug": {"id": "01234567-89ab-cdef-0123-456789abcdef"}, "app": {"id": "{{AppId}}", "name": "sushi"},
         "addon_plan_names": ["heroku-postgresql:standard-0"],
         "artifacts": [{"type": "slug", "id": "01234567-89ab-cdef-0123-456789abcdef"}], "output_stream_url": null,
         "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}
        """;

    public static string Addon(
        string name = "postgresql-flat-12345", string id = YellowId,
        string state = "provisioned", string plan = "heroku-postgresql:standard-0") => $$"""
        {"id": "{{id}}", "name": "{{name}}", "state": "{{state}}", "app": {"id": "{{AppId}}", "name": "sushi"}, "actions": [],
         "addon_service": {"id": "01234567-89ab-cdef-0123-456789abcdef", "name": "heroku-postgresql"},
         "plan": {"id": "01234567-89ab-cdef-0123-456789abcdef", "name": "{{plan}}",
         "price": {"cents": 5000, "unit": "month", "contract": false} },
         "billed_price": {"cents": 5000, "unit": "month", "contract": false},
         "billing_entity": {"id": "{{AppId}}", "name": "sushi", "type": "app"},
         "config_vars": ["HEROKU_POSTGRESQL_YELLOW_URL"], "provider_id": "abcd1234", "web_url": "https://data.heroku.com/",
         "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}
        """;

    public static string Attachment(
        string name, string addon = "postgresql-flat-12345", string addonId = YellowId, string? ns = null) => $$"""
        {"id": "{{Guid.Parse($"{name.Length:00000000}-aaaa-aaaa-aaaa-{addonId[..8]}aaaa")}}", "name": "{{name}}",
         "namespace": {{(ns is null ? "null" : $"\"{ns}\"")}},
         "addon": {"id": "{{addonId}}", "name": "{{addon}}", "app": {"id": "{{AppId}}", "name": "sushi"},
         "plan": {"name": "heroku-postgresql:standard-0"} },
         "app": {"id": "{{AppId}}", "name": "sushi"}, "config_vars": ["{{name}}_URL"], "web_url": null, "log_input_url": null,
         "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}
        """;

    public static string Formation(string type = "web", int quantity = 1) => $$"""
        {"id": "01234567-89ab-cdef-0123-456789abcdef", "type": "{{type}}", "quantity": {{quantity}}, "size": "standard-1X",
         "command": "serve", "app": {"id": "{{AppId}}", "name": "sushi"},
         "dyno_size": {"id": "01234567-89ab-cdef-0123-456789abcdef", "name": "standard-1x"}, "created_at": "2026-01-01T12:00:00Z",
         "updated_at": "2026-01-01T12:00:00Z"}
        """;

    public static string Dyno(string name = "run.4711", string type = "run") => $$"""
        {"id": "01234567-89ab-cdef-0123-456789abcdef", "name": "{{name}}", "type": "{{type}}", "size": "standard-1X",
         "state": "starting", "command": "alembic current",
         "release": {"id": "{{ReleaseIdOf(51)}}", "version": 51}, "app": {"id": "{{AppId}}", "name": "sushi"}, "attach_url": null,
         "created_at": "2026-01-01T12:00:00Z", "updated_at": "2026-01-01T12:00:00Z"}
        """;

    public static string Build(string status = "pending") => $$"""
        {"id": "01234567-89ab-cdef-0123-456789abcdef", "status": "{{status}}", "app": {"id": "{{AppId}}"}, "buildpacks": null,
         "stack": "heroku-24", "slug": null, "release": null,
         "source_blob": {"url": "https://source.example.com/get", "version": "de63889", "checksum": null, "version_description": null},
         "output_stream_url": "https://build-output.heroku.com/streams/secret",
         "user": {"id": "01234567-89ab-cdef-0123-456789abcdef", "email": "jim@example.com"}, "created_at": "2026-01-01T12:00:00Z",
         "updated_at": "2026-01-01T12:00:00Z"}
        """;

    public static string Database(string id = SilverId, string? following = null) => $$"""
        {"addon_id": "{{id}}", "name": "postgresql-round-54321", "plan": "standard-0",
         "resource_url": "postgres://user:secret-password@db.example.com:5432/name",
         "following": {{(following is null ? "null" : $"\"{following}\"")}}, "leader": null, "waiting?": false, "num_bytes": 9000000,
         "info": [{"name": "Plan", "values": ["Standard 0"]},
         {"name": "Rollback", "values": ["earliest from 2025-12-19 13:59 UTC"]}, {"name": "Empty", "values": []}]}
        """;

    public static string Transfer(
        string succeeded = "true", string finishedAt = "\"2026-01-01T12:10:00Z\"",
        string num = "1", string toType = "gof3r", string extra = "") => $$"""
        {"uuid": "33333333-89ab-cdef-0123-456789abcdef", "num": {{num}}, "from_type": "{{(toType == "gof3r" ? "pg_dump" : "gof3r")}}",
         "to_type": "{{toType}}", "from_name": "YELLOW", "to_name": "BACKUP",
         "from_url": "postgres://user:secret-password@db.example.com:5432/name",
         "to_url": "https://backups.example.com/dump?signature=secret", "source_bytes": 1000, "processed_bytes": 900,
         "created_at": "2026-01-01T12:00:00Z", "started_at": "2026-01-01 12:00:00 UTC", "finished_at": {{finishedAt}},
         "canceled_at": null, "updated_at": "2026-01-01 12:00:00 +0000",
         "succeeded": {{succeeded}}, "warnings": 0, "options": {}, "schedule": null{{extra}}}
        """;
}
