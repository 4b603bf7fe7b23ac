using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku;

public static partial class HerokuAliases
{
    /// <summary><c>heroku ps</c></summary>
    [CakeMethodAlias]
    public static IReadOnlyList<Dyno> HerokuPs(this ICakeContext context, string app) =>
        Ask(context, heroku => heroku.Api.ListDynosAsync(new(app), default));

    /// <summary><c>heroku ps:scale</c></summary>
    [CakeMethodAlias]
    public static IReadOnlyList<Formation> HerokuPsScale(this ICakeContext context, string app, string type, int quantity) =>
        Ask(context, heroku => heroku.Api.ScaleAsync(new(app), new Dictionary<string, int> { [type] = quantity }, default));

    /// <summary><c>heroku ps:restart</c>: all dynos.</summary>
    [CakeMethodAlias]
    public static void HerokuPsRestart(this ICakeContext context, string app) =>
        Do(context, heroku => heroku.Api.RestartAsync(new(app), default));

    /// <summary><c>heroku ps:restart</c>: one dyno, such as <c>web.1</c>.</summary>
    [CakeMethodAlias]
    public static void HerokuPsRestart(this ICakeContext context, string app, string dyno) =>
        Do(context, heroku => heroku.Api.RestartDynoAsync(new(app), dyno, default));

    /// <summary><c>heroku run:detached</c>: begun. How the command ends isn't told by the API; see <see cref="HerokuLogs"/>.</summary>
    [CakeMethodAlias]
    public static Dyno HerokuRunDetached(this ICakeContext context, string app, string command) =>
        Ask(context, heroku => heroku.Api.RunAsync(new(app), new(command), default));
}
