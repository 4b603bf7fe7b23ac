using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku;

public static partial class HerokuAliases
{
    /// <summary><c>heroku apps</c></summary>
    [CakeMethodAlias]
    public static IReadOnlyList<App> HerokuApps(this ICakeContext context) =>
        Ask(context, heroku => heroku.Api.ListAppsAsync(default));

    /// <summary><c>heroku maintenance</c>: whether visitors see the maintenance page.</summary>
    [CakeMethodAlias]
    public static bool HerokuMaintenance(this ICakeContext context, string app) =>
        Ask(context, heroku => heroku.Api.GetAppAsync(new(app), default)).Maintenance;

    /// <summary><c>heroku maintenance:on</c></summary>
    [CakeMethodAlias]
    public static void HerokuMaintenanceOn(this ICakeContext context, string app) =>
        Do(context, heroku => heroku.Api.SetMaintenanceAsync(new(app), on: true, default));

    /// <summary><c>heroku maintenance:off</c></summary>
    [CakeMethodAlias]
    public static void HerokuMaintenanceOff(this ICakeContext context, string app) =>
        Do(context, heroku => heroku.Api.SetMaintenanceAsync(new(app), on: false, default));
}
