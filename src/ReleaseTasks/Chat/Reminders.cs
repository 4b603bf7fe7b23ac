using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;
using ReleaseTasks.Options;

namespace ReleaseTasks.Chat;

/// <summary>Finds out who is to be reminded of a review, from what GitHub knows alone: it keeps no state.</summary>
internal static class Reminders
{
    /// <summary>Null where nobody is to be reminded, or not yet.</summary>
    /// <param name="found">The pull request.</param>
    /// <param name="reviews">All of its reviews, oldest first.</param>
    /// <param name="comments">Its conversation.</param>
    /// <param name="askedSince">Since when reviewers have been asked.</param>
    /// <param name="leads">The logins of those who lead.</param>
    /// <param name="hours">When the team is at work.</param>
    /// <param name="now">The time.</param>
    /// <param name="ladder">How long to wait before each stage, of working time. Default: the procedure's.</param>
    public static Reminder? Due(
        PullRequest found, IReadOnlyList<Review> reviews, IEnumerable<Comment> comments, DateTimeOffset askedSince, IReadOnlyList<string> leads, WorkingHours hours, DateTimeOffset now,
        ReminderOptions? ladder = null)
    {
        var people = Missing(found, reviews, leads).ToList();
        var waited = hours.Between(askedSince, now);
        return found is not { State: PullRequestState.Open, IsWorkInProgress: false }
            || people.Count == 0
            || HasFeedback(found, reviews, comments, askedSince)
            || StageAfter(waited, hours, ladder ?? new()) is not { } stage
                ? null
                : new(stage, people, waited);
    }

    /// <summary>A day is a working day.</summary>
    private static ReminderStage? StageAfter(TimeSpan waited, WorkingHours hours, ReminderOptions ladder) =>
        waited >= ladder.StandUp / TimeSpan.FromDays(1) * hours.Day ? ReminderStage.StandUp
        : waited >= ladder.PrivateMessage ? ReminderStage.PrivateMessage
        : waited >= ladder.Chat ? ReminderStage.Channel
        : null;

    /// <summary>A review or a comment by someone else since reviewers were asked; bots don't count.</summary>
    private static bool HasFeedback(PullRequest found, IEnumerable<Review> reviews, IEnumerable<Comment> comments, DateTimeOffset since)
    {
        var author = found.Author;
        var reviewed = reviews.Where(review => review.SubmittedAt >= since).Select(review => review.Reviewer);
        var commented = comments.Where(comment => comment.CreatedAt >= since).Select(comment => comment.Author);
        return reviewed.Concat(commented).Any(person => person is { IsBot: false } && person != author);
    }

    /// <summary>Leading developers without an opinion of the head, and who was asked again.</summary>
    private static IEnumerable<string> Missing(PullRequest found, IReadOnlyList<Review> reviews, IReadOnlyList<string> leads)
    {
        var author = found.Author;
        var decided = Reviews.Stances(reviews, found.Head, author)
            .Where(stance => stance.Opinion is Opinion.Approves or Opinion.Objects)
            .ToList();
        var undecided = leads.Where(lead => author?.IsCalled(lead) != true && !decided.Any(stance => stance.IsOneOf([lead])));
        var asked = found.RequestedReviewers.Where(person => person != author).Select(person => person.Login);
        return undecided.Concat(asked).Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
