using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/addon-attachments</c>: the names that apps know add-ons by.</summary>
internal sealed class AttachmentRequests(Platform platform)
{
    public void Map(HerokuRoutes routes)
    {
        routes.Get("/addon-attachments", (world, request) => Page(request, world, world.Attachments.Where(a => request.MayUse(world.AppOf(a.App)))));
        routes.Get("/apps/{app}/addon-attachments", (world, request) => Page(request, world, world.AttachmentsOf(request.App(world))));
        routes.Get("/addons/{addon}/addon-attachments", (world, request) => Page(request, world, world.AttachmentsOf(AddOnRequests.Find(world, request, request["addon"]))));
        routes.Get("/addon-attachments/{attachment}", (world, request) => Answer.Ok(Shape(world, request, Find(world, request))));
        routes.Get("/apps/{app}/addon-attachments/{attachment}", (world, request) => Answer.Ok(Shape(world, request, FindIn(world, request))));
        routes.Change("POST", "/addon-attachments", Create);
        routes.Change("DELETE", "/addon-attachments/{attachment}", Delete);
        routes.Query("POST", "/actions/addon-attachments/resolve", Resolve);
    }

    public JsonObject Shape(HerokuWorld world, HerokuRequest request, Attachment attachment)
    {
        var addOn = world.AddOnOf(attachment.AddOn);
        var shape = new JsonObject
        {
            ["addon"] = new JsonObject { ["id"] = addOn.Id, ["name"] = addOn.Name, ["app"] = Json.Reference(world.AppOf(addOn.App)) },
            ["app"] = Json.Reference(world.AppOf(attachment.App)),
            ["created_at"] = Json.Time(attachment.CreatedAt),
            ["id"] = attachment.Id,
            ["log_input_url"] = null,
            ["name"] = attachment.Name,
            ["namespace"] = attachment.Namespace,
            ["updated_at"] = Json.Time(attachment.CreatedAt),
            ["web_url"] = platform.UrlOf($"addons/{addOn.Id}").AbsoluteUri,
        };
        if (request.Wants("Accept-Inclusion", "addon:plan"))
        {
            shape["addon"]!["plan"] = Json.Named("plan", addOn.Plan);
        }

        if (request.Wants("Accept-Inclusion", "config_vars"))
        {
            shape["config_vars"] = Json.Texts(AddOnPlans.VarNames(addOn.Plan).Select(attachment.VarName));
        }

        return shape;
    }

    private Answer Page(HerokuRequest request, HerokuWorld world, IEnumerable<Attachment> attachments) => Pages.Of(
        request,
        attachments,
        a => Shape(world, request, a),
        Pages.Key<Attachment>.Text("id", a => a.Id.ToString()),
        Pages.Key<Attachment>.Text("name", a => a.Name));

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world, request.Body.RequiredIdentity("app"));
        var addOn = AddOnRequests.Find(world, request, request.Body.RequiredIdentity("addon"));
        var plan = AddOnPlans.Find(addOn.Plan)!;
        var name = request.Body.Text("name") ?? AddOnNames.Coloured(world, app, plan);
        Attaching.Check(world, app, addOn, plan, name, request.Body.Text("confirm"));
        if (name == "DATABASE" && world.FindAttachment(app, name) is { } primary && platform.Parts.Faults.Next(FaultWords.Promote) is not null)
        {
            platform.Attaching.Detach(world, app, primary, request.Account(world));
            return Answer.Of(new Refusal(503, "service_unavailable", "The sandbox was told to promote by half: the old primary is detached, the new one isn't attached."));
        }

        return Answer.Created(Shape(world, request, platform.Attaching.Attach(world, app, addOn, name, request.Body.Text("namespace"), request.Account(world))));
    }

    private Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var attachment = Find(world, request);
        var addOn = world.AddOnOf(attachment.AddOn);
        if (attachment.App == addOn.App && world.AttachmentsOf(addOn).Count(a => a.App == addOn.App) == 1)
        {
            throw Refusal.InvalidParams($"Cannot destroy the last attachment of {addOn.Name} to its billing app {world.AppOf(addOn.App).Name}: destroy the add-on.");
        }

        var shape = Shape(world, request, attachment);
        platform.Attaching.Detach(world, world.AppOf(attachment.App), attachment, request.Account(world));
        return Answer.Ok(shape);
    }

    // It knows attachments and add-ons by their names, and no config vars: DATABASE_URL isn't found.
    private Answer Resolve(HerokuWorld world, HerokuRequest request)
    {
        var wanted = request.Body.RequiredText("addon_attachment");
        var (home, name) = wanted.Split("::") is [var other, var rest] ? (other, rest) : (request.Body.Identity("app"), wanted);
        var app = home is null ? null : request.App(world, home);
        var found = world.Attachments.Where(a => Matches(world, app, a, name) && request.MayUse(world.AppOf(a.App)));
        var service = request.Body.Text("addon_service");
        var matching = found.Where(a => service is null || AddOnPlans.Find(world.AddOnOf(a.AddOn).Plan)!.Service == service).ToList();
        return matching.Count > 0 ? Answer.Ok(new JsonArray([.. matching.Select(a => Shape(world, request, a))])) : throw Refusal.NotFound("add_on attachment");
    }

    private static bool Matches(HerokuWorld world, App? app, Attachment attachment, string name) =>
        attachment.Id.ToString() == name
        || ((app is null || attachment.App == app.Id)
            && (string.Equals(attachment.Name, name, StringComparison.OrdinalIgnoreCase)
                || world.AddOnOf(attachment.AddOn).Name == name
                || attachment.AddOn.ToString() == name));

    private static Attachment Find(HerokuWorld world, HerokuRequest request) =>
        world.Attachments.Find(a => a.Id.ToString() == request["attachment"] && request.MayUse(world.AppOf(a.App))) ?? throw Refusal.NotFound("add_on attachment");

    private static Attachment FindIn(HerokuWorld world, HerokuRequest request) =>
        world.FindAttachment(request.App(world), request["attachment"]) ?? throw Refusal.NotFound("add_on attachment");
}
