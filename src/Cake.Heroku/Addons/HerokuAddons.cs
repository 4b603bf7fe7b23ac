namespace Cake.Heroku;

/// <summary>What <c>heroku addons:…</c> does in more than one request.</summary>
public sealed class HerokuAddons(IHerokuApi api, HerokuReleases releases)
{
    /// <summary>The one add-on that a name means: its own, or one of its attachments'.</summary>
    /// <exception cref="HerokuFailedException">None, or more than one.</exception>
    public async Task<Addon> FindAsync(AppName app, string addon, CancellationToken ct) =>
        await api.ResolveAddonsAsync(new(addon, app), ct) switch
        {
            [var one] => one,
            [] => throw new HerokuFailedException($"{app} has no add-on {addon}."),
            var several => throw new HerokuFailedException(
                $"{addon} may mean {string.Join(" or ", several.Select(a => a.Name))}: name one."),
        };

    /// <summary>Destroys an add-on of this app; its data is gone for good.</summary>
    /// <param name="confirm">The app's name again.</param>
    /// <exception cref="ArgumentException">Another name: nothing was done.</exception>
    /// <exception cref="HerokuFailedException">Heroku says that it is still there.</exception>
    public async Task<Addon> DestroyAsync(AppName app, string addon, string confirm, CancellationToken ct)
    {
        Confirmation.Require(app, confirm, $"destroying {addon}");
        var found = await FindAsync(app, addon, ct);
        var destroyed = await api.DestroyAddonAsync(app, found.Id, new(Force: false), ct);
        return destroyed.State is AddonState.Deprovisioned or AddonState.Deprovisioning
            ? destroyed
            : throw new HerokuFailedException($"{found.Name} of {app} was not destroyed: it is {destroyed.State}.");
    }

    /// <summary>Attaches an add-on, and waits for the release that it makes.</summary>
    public Task<Attachment> AttachAsync(AppName app, NewAttachment attachment, TimeSpan patience, CancellationToken ct) =>
        releases.FollowAsync(app, () => api.AttachAddonAsync(attachment, ct), patience, ct);

    /// <summary>Takes a name away from an add-on, and waits for the release that it makes.</summary>
    public async Task<Attachment> DetachAsync(AppName app, string name, TimeSpan patience, CancellationToken ct)
    {
        var attachment = await api.GetAttachmentAsync(app, name, ct);
        return await releases.FollowAsync(app, () => api.DetachAddonAsync(attachment.Id, ct), patience, ct);
    }
}
