using ReleaseTasks.Gates;
using ReleaseTasks.GitHub;
using ReleaseTasks.Options;

namespace ReleaseTasks.Chat;

/// <summary>Finds out who is to be reminded of a review, from what GitHub knows alone: it keeps no state.</summary>
internal static class Reminders
{
    /// <summary>Null where nobody is to be reminded, or not yet.</summary>
    /// <param name="found">The pull request and its reviews.</param>
    /// <param name="comments">Its conversation.</param>
    /// <param name="askedSince">Since when reviewers have been asked.</param>
    /// <param name="rules">Who leads.</param>
    /// <param name="hours">When the team is at work.</param>
    /// <param name="now">The time.</param>
    /// <param name="ladder">How long to wait before each stage, of working time. Default: the procedure's.</param>
    public static Reminder? Due(
        PullRequestFacts found, IEnumerable<Comment> comments, DateTimeOffset askedSince, GateRules rules, WorkingHours hours, DateTimeOffset now, ReminderOptions? ladder = null)
    {
        var people = Missing(found, rules).ToList();
        var waited = hours.Between(askedSince, now);
        return found.PullRequest is not { State: PullRequestState.Open, IsWorkInProgress: false }
            || people.Count == 0
            || HasFeedback(found, comments, askedSince)
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
    private static bool HasFeedback(PullRequestFacts found, IEnumerable<Comment> comments, DateTimeOffset since)
    {
        var author = found.PullRequest.Author;
        var reviewed = found.Reviews.Where(review => review.SubmittedAt >= since).Select(review => review.Reviewer);
        var commented = comments.Where(comment => comment.CreatedAt >= since).Select(comment => comment.Author);
        return reviewed.Concat(commented).Any(person => person is { IsBot: false } && person != author);
    }

    /// <summary>Leading developers without an opinion of the head, and who was asked again.</summary>
    private static IEnumerable<string> Missing(PullRequestFacts found, GateRules rules)
    {
        var author = found.PullRequest.Author;
        var decided = Reviews.Stances(found.Reviews, found.Head, author)
            .Where(stance => stance.Opinion is Opinion.Approves or Opinion.Objects)
            .ToList();
        var undecided = rules.LeadingDevelopers.Where(lead => author?.IsCalled(lead) != true && !decided.Any(stance => stance.IsOneOf([lead])));
        var asked = found.PullRequest.RequestedReviewers.Where(person => person != author).Select(person => person.Login);
        return undecided.Concat(asked).Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
