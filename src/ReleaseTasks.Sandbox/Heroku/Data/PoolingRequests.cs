using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/client/v11/databases/{database}/connection-pooling</c> of the Data API: one more attachment. Its URL is the database's own: there's no pool.</summary>
internal sealed class PoolingRequests(Platform platform, AttachmentRequests attachments)
{
    private const string DefaultName = "DATABASE_CONNECTION_POOL";

    public void Map(HerokuRoutes routes) => routes.Change("POST", "/client/v11/databases/{database}/connection-pooling", Create);

    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var database = DatabaseRequests.Available(world, request);
        var app = request.App(world, request.Body.RequiredIdentity("app"));
        var plan = AddOnPlans.Find(database.Plan)!;
        if (plan.RollbackWindow is null)
        {
            throw new Refusal(422, "unprocessable_entity", $"{plan.Name} has no connection pooling.");
        }

        if (request.Body.Text("credential") is not (null or "default"))
        {
            throw Refusal.NotFound("credential");
        }

        var name = request.Body.Text("name") ?? DefaultName;
        Attaching.Check(world, app, database, plan, name, confirm: null);
        var attachment = platform.Attaching.Attach(world, app, database, name, "connection-pooling:default", request.Account(world));
        return Answer.Created(attachments.Shape(world, request, attachment));
    }
}
