using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku;

public static partial class HerokuAliases
{
    /// <summary><c>heroku releases</c>, newest first.</summary>
    [CakeMethodAlias]
    public static IReadOnlyList<Release> HerokuReleases(this ICakeContext context, string app, int count = 15) =>
        Ask(context, heroku => heroku.Api.ListNewestReleasesAsync(new(app), count, default));

    /// <summary><c>heroku releases:info</c></summary>
    [CakeMethodAlias]
    public static Release HerokuReleaseInfo(this ICakeContext context, string app, int version) =>
        Ask(context, heroku => heroku.Api.GetReleaseAsync(new(app), version, default));

    /// <summary><c>heroku rollback</c>, to the end of its release phase.</summary>
    [CakeMethodAlias]
    public static Release HerokuRollback(this ICakeContext context, string app, int? version = null, TimeSpan? patience = null) =>
        Ask(context, heroku => heroku.Releases.RollBackAsync(new(app), version, patience ?? Patience, default));
}
