using ReleaseTasks.GitHub;
using ReleaseTasks.Plans;

namespace ReleaseTasks.Gates;

/// <summary>What is to be rolled out, as it was read first: the gates ask about exactly this plan and this head, and so does the merge.</summary>
/// <param name="Reading">What the plan's words were understood as.</param>
/// <param name="Source">Where its problems are shown: <c>#3</c>, or the file's path.</param>
/// <param name="PullRequest">Its number; null where the plan comes from a file.</param>
/// <param name="Head">What reviews and checks must be about; null where the plan comes from a file.</param>
/// <param name="Author">Null where the account was deleted.</param>
internal sealed record Proposal(PlanReading Reading, string Source, int? PullRequest, CommitSha? Head, Person? Author);
