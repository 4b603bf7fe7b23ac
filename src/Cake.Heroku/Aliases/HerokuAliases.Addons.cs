using Cake.Core;
using Cake.Core.Annotations;

namespace Cake.Heroku;

public static partial class HerokuAliases
{
    /// <summary><c>heroku addons</c></summary>
    [CakeMethodAlias]
    public static IReadOnlyList<Addon> HerokuAddons(this ICakeContext context, string app) =>
        Ask(context, heroku => heroku.Api.ListAddonsAsync(new(app), default));

    /// <summary><c>heroku addons:create</c>: begun; see <see cref="HerokuAddonsWait"/>.</summary>
    [CakeMethodAlias]
    public static Addon HerokuAddonsCreate(this ICakeContext context, string app, NewAddon addon) =>
        Ask(context, heroku => heroku.Api.CreateAddonAsync(new(app), addon, default));

    /// <summary><c>heroku addons:wait</c>: provisioned, and, for a database, ready.</summary>
    [CakeMethodAlias]
    public static Addon HerokuAddonsWait(this ICakeContext context, string app, string addon, TimeSpan? patience = null) =>
        Ask(context, heroku => heroku.Waiting.ForAddonAsync(new(app), addon, patience ?? Patience, default));

    /// <summary><c>heroku addons:destroy</c>: its data is gone for good. <paramref name="confirm"/> is the app's name again.</summary>
    [CakeMethodAlias]
    public static void HerokuAddonsDestroy(this ICakeContext context, string app, string addon, string confirm) =>
        Do(context, heroku => heroku.Addons.DestroyAsync(new(app), addon, confirm, default));

    /// <summary><c>heroku addons:attach</c>, and the release that it makes.</summary>
    [CakeMethodAlias]
    public static Attachment HerokuAddonsAttach(
        this ICakeContext context, string app, string addon, string? name = null, TimeSpan? patience = null) =>
        Ask(context, heroku =>
            heroku.Addons.AttachAsync(new(app), new(addon, new(app)) { Name = name }, patience ?? Patience, default));

    /// <summary><c>heroku addons:detach</c>, and the release that it makes. The add-on stays.</summary>
    [CakeMethodAlias]
    public static void HerokuAddonsDetach(this ICakeContext context, string app, string name, TimeSpan? patience = null) =>
        Do(context, heroku => heroku.Addons.DetachAsync(new(app), name, patience ?? Patience, default));
}
