using Cake.Heroku;

namespace ReleaseTasks.Steps;

/// <summary>What several steps ask Heroku in the same words.</summary>
internal static class HerokuQuestions
{
    /// <summary>What Heroku names a database's attachment that nobody named.</summary>
    private const string Colour = "HEROKU_POSTGRESQL_";

    /// <summary>Failed releases keep their numbers: the current one is rarely far back.</summary>
    private const int Recent = 50;

    extension(IHerokuApi heroku)
    {
        public async Task<Release> GetCurrentReleaseAsync(AppName app, CancellationToken ct) =>
            (await heroku.ListNewestReleasesAsync(app, Recent, ct)).FirstOrDefault(release => release.Current)
            ?? throw new InvalidOperationException($"none of the newest {Recent} releases of {app} is current.");

        public async Task<Release> GetNewestReleaseAsync(AppName app, CancellationToken ct) => (await heroku.ListNewestReleasesAsync(app, 1, ct))[0];

        /// <summary>Whether an account has the rights of the owner: it is the owner, or an admin of the team that is.</summary>
        public async Task<bool> HasOwnersRightsAsync(App app, Account account, CancellationToken ct) => app.Team is { } team
            ? (await heroku.ListTeamMembersAsync(team.Name, ct)).Any(member => member.Role == "admin" && IsSame(member.Email, account.Email))
            : IsSame(app.Owner.Email, account.Email);

        /// <summary>
        /// Who uses a database of an app beside having it at hand under a name of Heroku's choice, as a phrase for people; null for nobody.
        /// Asked before anything destroys it, or is printed that does.
        /// </summary>
        public async Task<string?> FindUseAsync(AppName app, HerokuId<Addon> database, CancellationToken ct) =>
            (await heroku.ListAttachmentsOfAsync(database, ct))
                .FirstOrDefault(a => a.App.Name != app || !a.Name.StartsWith(Colour, StringComparison.Ordinal)) is { } use
                ? $"{use.App.Name} uses it, as {use.Name}"
                : null;

        /// <summary>The one attachment that <paramref name="name"/> means: its own name, or its config var's.</summary>
        public async Task<Attachment> FindAttachmentAsync(AppName app, string name, CancellationToken ct)
        {
            var wanted = name.EndsWith("_URL", StringComparison.Ordinal) ? name[..^4] : name;
            var all = await heroku.ListAttachmentsAsync(app, ct);
            return all.FirstOrDefault(a => a.Name == wanted)
                ?? all.FirstOrDefault(a => a.Addon.Name == name)
                ?? throw new InvalidOperationException($"{app} has no attachment {name}; it has {string.Join(", ", all.Select(a => a.Name))}.");
        }
    }

    private static bool IsSame(string email, string other) => string.Equals(email, other, StringComparison.OrdinalIgnoreCase);
}
