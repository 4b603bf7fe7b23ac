using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku;

public static partial class HerokuAliases
{
    /// <summary><c>heroku logs</c>: the last lines, oldest first.</summary>
    [CakeMethodAlias]
    public static IReadOnlyList<LogLine> HerokuLogs(this ICakeContext context, string app, int lines = 100) =>
        Ask(context, heroku => heroku.Logs.ReadAsync(new(app), lines, default).ToListAsync().AsTask());
}
