using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku;

public static partial class HerokuAliases
{
    /// <summary><c>heroku config</c></summary>
    [CakeMethodAlias]
    public static IReadOnlyDictionary<string, string> HerokuConfig(this ICakeContext context, string app) =>
        Ask(context, heroku => heroku.Api.GetConfigVarsAsync(new(app), default));

    /// <summary><c>heroku config:get</c>. Null where it isn't set: that is not the same as empty.</summary>
    [CakeMethodAlias]
    public static string? HerokuConfigGet(this ICakeContext context, string app, string name) =>
        HerokuConfig(context, app).GetValueOrDefault(name);

    /// <summary><c>heroku config:set</c>, and the release that it makes.</summary>
    [CakeMethodAlias]
    public static void HerokuConfigSet(this ICakeContext context, string app, string name, string value, TimeSpan? patience = null) =>
        HerokuConfigSet(context, app, new Dictionary<string, string?> { [name] = value }, patience);

    /// <summary><c>heroku config:set</c> for several at once: one release. Null unsets.</summary>
    [CakeMethodAlias]
    public static void HerokuConfigSet(
        this ICakeContext context, string app, IReadOnlyDictionary<string, string?> values, TimeSpan? patience = null) =>
        Do(context, heroku => heroku.Releases.ChangeConfigVarsAsync(new(app), values, patience ?? Patience, default));

    /// <summary><c>heroku config:unset</c>, and the release that it makes.</summary>
    [CakeMethodAlias]
    public static void HerokuConfigUnset(this ICakeContext context, string app, string name, TimeSpan? patience = null) =>
        HerokuConfigSet(context, app, new Dictionary<string, string?> { [name] = null }, patience);
}
