using ReleaseTasks.GitHub;

namespace ReleaseTasks.Gates;

/// <summary>Reads a pull request's reviews the way GitHub does.</summary>
internal static class Reviews
{
    /// <summary>One person's submissions, oldest first: the latest that says something is their opinion.</summary>
    public static Opinion OpinionOf(IEnumerable<Review> history, CommitSha head) =>
        history.Aggregate(Opinion.None, (before, review) => review.State switch
        {
            "COMMENTED" or "PENDING" => before,
            "APPROVED" => review.Commit == head ? Opinion.Approves : Opinion.Stale,
            "CHANGES_REQUESTED" => Opinion.Objects,
            "DISMISSED" => Opinion.None, // rewrites the review that it dismisses, so what that one replaced stays replaced
            _ => Opinion.Unreadable,
        });

    /// <summary>Everybody's opinion, the author's excepted. Reviews of deleted accounts stand alone: nobody can tell whose they were.</summary>
    public static IEnumerable<Stance> Stances(IEnumerable<Review> reviews, CommitSha head, Person? author)
    {
        var byPerson = reviews.ToLookup(review => review.Reviewer);
        var known = byPerson
            .Where(history => history.Key is not null && history.Key != author)
            .Select(history => new Stance(history.Key, OpinionOf(history, head)));
        var lost = byPerson[null].Select(review => new Stance(null, OpinionOf([review], head)));
        return known.Concat(lost);
    }
}

/// <summary>A person, null where the account was deleted, and what they think.</summary>
internal sealed record Stance(Person? Who, Opinion Opinion)
{
    public bool Blocks => Opinion is Opinion.Objects or Opinion.Unreadable;

    public string Name => Who?.Login ?? "a deleted account";

    /// <summary>Whether it is one of these; a bot never is.</summary>
    public bool IsOneOf(IEnumerable<string> logins) => Who is { IsBot: false } && logins.Any(Who.IsCalled);
}
