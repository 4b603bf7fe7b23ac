using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/pipelines</c>, <c>/pipeline-couplings</c> and <c>/pipeline-promotions</c>.</summary>
internal sealed partial class PipelineRequests(Platform platform)
{
    private static readonly string[] Stages = ["test", "review", "development", "staging", "production"];

    public void Map(HerokuRoutes routes)
    {
        routes.Get("/pipelines", (world, request) => Pages.Of(
            request,
            world.Pipelines,
            Shape,
            Pages.Key<Pipeline>.Text("name", p => p.Name),
            Pages.Key<Pipeline>.Text("id", p => p.Id.ToString())));
        routes.Get("/pipelines/{pipeline}", (world, request) => Answer.Ok(Shape(Find(world, request["pipeline"]))));
        routes.Change("POST", "/pipelines", Create);
        routes.Get("/pipelines/{pipeline}/pipeline-couplings", (world, request) =>
            Page(request, world.Couplings.Where(c => c.Pipeline == Find(world, request["pipeline"]).Id)));
        routes.Get("/pipeline-couplings", (world, request) => Page(request, world.Couplings));
        routes.Get("/apps/{app}/pipeline-couplings", (world, request) =>
            Answer.Ok(Shape(world.Couplings.Find(c => c.App == request.App(world).Id) ?? throw Refusal.NotFound("pipeline_coupling"))));
        routes.Change("POST", "/pipeline-couplings", Couple);
        routes.Change("POST", "/pipeline-promotions", Promote);
        routes.Get("/pipeline-promotions/{promotion}", (world, request) => Answer.Ok(Shape(world, FindPromotion(world, request))));
        routes.Get("/pipeline-promotions/{promotion}/promotion-targets", (world, request) =>
            Answer.Ok(new JsonArray([.. FindPromotion(world, request).Targets.Select(t => Shape(world, FindPromotion(world, request), t))])));
    }

    private static JsonObject Shape(Pipeline pipeline) => new()
    {
        ["created_at"] = Json.Time(pipeline.CreatedAt),
        ["generation"] = Json.Named("generation", "cedar"),
        ["id"] = pipeline.Id,
        ["name"] = pipeline.Name,
        ["owner"] = new JsonObject { ["id"] = pipeline.Owner, ["type"] = "user" },
        ["updated_at"] = Json.Time(pipeline.UpdatedAt),
    };

    private static JsonObject Shape(Coupling coupling) => new()
    {
        ["app"] = Json.Reference(coupling.App),
        ["created_at"] = Json.Time(coupling.CreatedAt),
        ["id"] = coupling.Id,
        ["pipeline"] = Json.Reference(coupling.Pipeline),
        ["stage"] = coupling.Stage,
        ["updated_at"] = Json.Time(coupling.UpdatedAt),
    };

    private static JsonObject Shape(HerokuWorld world, Promotion promotion) => new()
    {
        ["created_at"] = Json.Time(promotion.CreatedAt),
        ["id"] = promotion.Id,
        ["pipeline"] = Json.Reference(promotion.Pipeline),
        ["source"] = new JsonObject { ["app"] = Json.Reference(promotion.Source), ["release"] = Json.Reference(promotion.SourceRelease) },
        ["status"] = promotion.Targets.TrueForAll(t => StatusOf(world, t) != "pending") ? "completed" : "pending",
        ["updated_at"] = Json.Time(promotion.CreatedAt),
    };

    private static JsonObject Shape(HerokuWorld world, Promotion promotion, PromotionTarget target) => new()
    {
        ["app"] = Json.Reference(target.App),
        ["error_message"] = StatusOf(world, target) == "failed" ? target.Error ?? "The release command failed." : null,
        ["id"] = target.Id,
        ["pipeline_promotion"] = Json.Reference(promotion.Id),
        ["release"] = target.Release is { } release ? Json.Reference(release) : null,
        ["status"] = StatusOf(world, target),
    };

    private static string StatusOf(HerokuWorld world, PromotionTarget target) =>
        target.Error is not null ? "failed"
        : world.FindApp(target.App.ToString())?.Releases.Find(r => r.Id == target.Release)?.Status.ToString().ToLowerInvariant() ?? "failed";

    private static Answer Page(HerokuRequest request, IEnumerable<Coupling> couplings) =>
        Pages.Of(request, couplings, Shape, Pages.Key<Coupling>.Text("id", c => c.Id.ToString()));

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var name = request.Body.RequiredText("name");
        if (!NamePattern().IsMatch(name))
        {
            throw Refusal.InvalidParams("Name must start with a letter, can only contain lowercase letters, digits, and dashes, and is 3 to 30 characters long.");
        }

        if (world.Pipelines.Exists(p => p.Name == name))
        {
            throw Refusal.InvalidParams($"Name {name} is already taken");
        }

        var pipeline = new Pipeline { Name = name, Owner = request.AccountId, CreatedAt = platform.Now, UpdatedAt = platform.Now };
        world.Pipelines.Add(pipeline);
        return Answer.Created(Shape(pipeline));
    }

    private Answer Couple(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world, request.Body.RequiredIdentity("app"));
        var pipeline = Find(world, request.Body.RequiredIdentity("pipeline"));
        var stage = request.Body.RequiredText("stage");
        if (!Stages.Contains(stage))
        {
            throw Refusal.InvalidParams($"Invalid param stage: it must be one of {string.Join(", ", Stages)}.");
        }

        if (world.Couplings.Exists(c => c.App == app.Id))
        {
            throw Refusal.InvalidParams($"App {app.Name} is already in a pipeline.");
        }

        var coupling = new Coupling { App = app.Id, Pipeline = pipeline.Id, Stage = stage, CreatedAt = platform.Now, UpdatedAt = platform.Now };
        world.Couplings.Add(coupling);
        return Answer.Created(Shape(coupling));
    }

    private Answer Promote(HerokuWorld world, HerokuRequest request)
    {
        var pipeline = Find(world, request.Body.Object("pipeline")?.RequiredText("id") ?? throw Refusal.InvalidParams("Require params: pipeline."));
        var source = AppIn(world, request, pipeline, request.Body.Object("source"));
        var targets = request.Body.Objects("targets").Select(t => AppIn(world, request, pipeline, t)).ToList();
        if (source.CurrentSlug is not { } slug)
        {
            throw Refusal.InvalidParams($"App {source.Name} has no slug to promote.");
        }

        if (targets.Count == 0 || targets.Contains(source))
        {
            throw Refusal.InvalidParams("Invalid param targets: other apps of the pipeline are needed.");
        }

        var promotion = new Promotion { Pipeline = pipeline.Id, Source = source.Id, SourceRelease = source.Current!.Id, CreatedAt = platform.Now };
        promotion.Targets.AddRange(targets.Select(target => Release(world, request, source, slug, target)));
        world.Promotions.Add(promotion);
        return Answer.Created(Shape(world, promotion));
    }

    // The slug is the same one; only its record is the target's own.
    private PromotionTarget Release(HerokuWorld world, HerokuRequest request, App source, Slug slug, App target)
    {
        if (!target.Slugs.Exists(s => s.Id == slug.Id))
        {
            target.Slugs.Add(new Slug { Id = slug.Id, Commit = slug.Commit, ProcessTypes = slug.ProcessTypes, Stack = slug.Stack, Size = slug.Size, CreatedAt = slug.CreatedAt });
        }

        var description = $"Promote {source.Name} v{source.Current!.Version} {Builder.Describe(slug)["Deploy ".Length..]}";
        var release = platform.Releasing.Add(world, target, request.Account(world), description, target.Slugs.Find(s => s.Id == slug.Id));
        return new PromotionTarget { App = target.Id, Release = release.Id };
    }

    private static App AppIn(HerokuWorld world, HerokuRequest request, Pipeline pipeline, Body? reference)
    {
        var app = request.App(world, reference?.Object("app")?.RequiredText("id") ?? throw Refusal.InvalidParams("Require params: app."));
        return world.Couplings.Exists(c => c.App == app.Id && c.Pipeline == pipeline.Id)
            ? app
            : throw Refusal.InvalidParams($"App {app.Name} is not in the pipeline {pipeline.Name}.");
    }

    private static Pipeline Find(HerokuWorld world, string nameOrId) =>
        world.Pipelines.Find(p => p.Name == nameOrId || p.Id.ToString() == nameOrId) ?? throw Refusal.NotFound("pipeline");

    private static Promotion FindPromotion(HerokuWorld world, HerokuRequest request) =>
        world.Promotions.Find(p => p.Id.ToString() == request["promotion"]) ?? throw Refusal.NotFound("pipeline_promotion");

    [GeneratedRegex("^[a-z][a-z0-9-]{2,29}$")]
    private static partial Regex NamePattern();
}
