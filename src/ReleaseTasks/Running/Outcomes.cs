using Cake.Heroku;
using ReleaseTasks.GitHub;

namespace ReleaseTasks.Running;

/// <summary>Tells a refusal from a lost answer. After a refusal nothing has happened; after a lost answer that has to be looked up.</summary>
internal static class Outcomes
{
    public static bool IsUnknown(Exception e, CancellationToken ct) => e switch
    {
        OperationCanceledException => !ct.IsCancellationRequested,
        HerokuApiException heroku => heroku.OutcomeIsUnknown,
        GitHubException github => github.OutcomeUnknown,
        HttpRequestException or IOException => true,
        _ => false,
    };
}
