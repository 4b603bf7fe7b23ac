using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Heroku keeps an app's last slugs only. What ran on an older one is expired: it stays in the history, and can't be gone back to.</summary>
internal static class SlugExpiry
{
    public static void Expire(App app, int kept, DateTimeOffset now)
    {
        var current = app.Current?.Slug;
        var last = app.Releases.Select(r => r.Slug).OfType<Guid>().Reverse().Distinct().Take(kept).ToHashSet();
        foreach (var release in app.Releases.Where(r => r is { Status: ReleaseStatus.Succeeded, Slug: { } slug } && slug != current && !last.Contains(slug)))
        {
            release.Status = ReleaseStatus.Expired;
            app.SlugOf(release)!.DeletedAt = now;
        }
    }
}
