using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/sources</c> and <c>/apps/{app}/builds</c>: from a tarball to a release.</summary>
internal sealed class BuildRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Query("POST", "/sources", (_, _) => CreateSource());
        routes.Query("POST", "/apps/{app}/sources", (world, request) => request.App(world) is not null ? CreateSource() : throw Refusal.NotFound("app"));
        routes.Open("PUT", "/sources/{id}", UploadAsync);
        routes.Open("GET", "/sources/{id}", DownloadAsync);
        routes.Get("/apps/{app}/builds", List);
        routes.Get("/apps/{app}/builds/{build}", (world, request) => Answer.Ok(Shape(world, request.App(world), Find(request.App(world), request["build"]))));
        routes.Change("POST", "/apps/{app}/builds", Create);
    }

    private JsonObject Shape(HerokuWorld world, App app, Build build) => new()
    {
        ["app"] = Json.Reference(app.Id),
        ["buildpacks"] = new JsonArray(),
        ["created_at"] = Json.Time(build.CreatedAt),
        ["id"] = build.Id,
        ["output_stream_url"] = platform.UrlOf(OutputStreams.PathOf(build.Id)).AbsoluteUri,
        ["release"] = build.Release is { } release ? Json.Reference(release) : null,
        ["slug"] = build.Slug is { } slug ? Json.Reference(slug) : null,
        ["source_blob"] = new JsonObject { ["checksum"] = build.Checksum, ["url"] = build.SourceUrl, ["version"] = build.Version, ["version_description"] = null },
        ["stack"] = build.Stack,
        ["status"] = build.Status.ToString().ToLowerInvariant(),
        ["updated_at"] = Json.Time(build.UpdatedAt),
        ["user"] = Json.Reference(world.Account(build.User)),
    };

    private Answer List(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        return Pages.Of(
            request,
            app.Builds,
            b => Shape(world, app, b),
            Pages.Key<Build>.Text("started_at", b => Json.Time(b.CreatedAt)),
            Pages.Key<Build>.Text("id", b => b.Id.ToString()));
    }

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        var source = request.Body.Object("source_blob") ?? throw Refusal.InvalidParams("Require params: source_blob.");
        var url = source.RequiredText("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw Refusal.InvalidParams("Invalid param source_blob.url: it must be an http or https URL.");
        }

        var checksum = source.Text("checksum");
        if (checksum is not null && !checksum.StartsWith("SHA256:", StringComparison.OrdinalIgnoreCase))
        {
            throw Refusal.InvalidParams("Invalid param source_blob.checksum: it must be SHA256: and the digest in hexadecimal.");
        }

        var build = platform.Builder.Start(app, request.Account(world), url, source.Text("version"), checksum);
        return Answer.Created(Shape(world, app, build));
    }

    private Answer CreateSource()
    {
        var url = platform.UrlOf($"sources/{Guid.NewGuid()}").AbsoluteUri;
        return Answer.Created(new JsonObject { ["source_blob"] = new JsonObject { ["get_url"] = url, ["put_url"] = url } });
    }

    private async Task UploadAsync(HttpContext context)
    {
        // The real one is a signed S3 URL: a content type that wasn't signed breaks the signature.
        if (context.Request.ContentType is { Length: > 0 } || context.Request.Headers.Authorization.Count > 0)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("<Error><Code>SignatureDoesNotMatch</Code></Error>");
            return;
        }

        var file = FileOf(context);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var target = File.Create(file);
        await context.Request.Body.CopyToAsync(target, context.RequestAborted);
    }

    private async Task DownloadAsync(HttpContext context)
    {
        if (!File.Exists(FileOf(context)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        await using var file = File.OpenRead(FileOf(context));
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private string FileOf(HttpContext context) => platform.Builder.SourceFile(HerokuRoutes.IdOf(context, "source"));

    private static Build Find(App app, string id) => app.Builds.Find(b => b.Id.ToString() == id) ?? throw Refusal.NotFound("build");
}
