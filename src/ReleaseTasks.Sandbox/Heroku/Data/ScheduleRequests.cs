using System.Text.Json.Nodes;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/client/v11/databases/{database}/transfer-schedules</c> of the Data API: daily backups. They are kept and shown; none is made.</summary>
internal sealed class ScheduleRequests(Platform platform)
{
    private const string Path = "/client/v11/databases/{database}/transfer-schedules";

    public void Map(HerokuRoutes routes)
    {
        routes.Get(Path, (world, request) => Answer.Ok(new JsonArray([.. DatabaseRequests.Find(world, request).Schedules.Select(Shape)])));
        routes.Change("POST", Path, Create);
        routes.Change("DELETE", Path + "/{schedule}", Delete);
    }

    private static JsonObject Shape(BackupSchedule schedule) => new()
    {
        ["created_at"] = Json.Time(schedule.CreatedAt),
        ["days"] = new JsonArray(0, 1, 2, 3, 4, 5, 6),
        ["deleted_at"] = null,
        ["hour"] = schedule.Hour,
        ["name"] = schedule.Name,
        ["retain_months"] = 0,
        ["retain_weeks"] = 1,
        ["timezone"] = schedule.TimeZone,
        ["updated_at"] = Json.Time(schedule.UpdatedAt),
        ["uuid"] = schedule.Id,
    };

    /// <summary>A database has one under a name: a second takes its place.</summary>
    private Answer Create(HerokuWorld world, HerokuRequest request)
    {
        var database = DatabaseRequests.Available(world, request);
        var name = request.Body.RequiredText("schedule_name");
        var zone = request.Body.Text("timezone") ?? "UTC";
        if (request.Body.Number("hour") is not (>= 0 and <= 23 and var hour) || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            throw Refusal.InvalidParams("Invalid schedule: an hour is from 0 to 23, and a time zone one of the IANA's.");
        }

        var schedule = database.Schedules.Find(s => s.Name == name);
        if (schedule is null)
        {
            database.Schedules.Add(schedule = new BackupSchedule { Name = name, TimeZone = zone, CreatedAt = platform.Now });
        }

        (schedule.Hour, schedule.TimeZone, schedule.UpdatedAt) = (hour, zone, platform.Now);
        return Answer.Created(Shape(schedule));
    }

    private static Answer Delete(HerokuWorld world, HerokuRequest request)
    {
        var database = DatabaseRequests.Find(world, request);
        var schedule = database.Schedules.Find(s => s.Id.ToString() == request["schedule"]) ?? throw Refusal.NotFound("schedule");
        database.Schedules.Remove(schedule);
        return Answer.Ok(Shape(schedule));
    }
}
