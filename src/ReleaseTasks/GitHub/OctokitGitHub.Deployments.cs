namespace ReleaseTasks.GitHub;

internal sealed partial class OctokitGitHub
{
    private const int LongestDescription = 140;

    public Task<long?> FindDeploymentAsync(CommitSha commit, string environment, string task, CancellationToken ct) => AskAsync(
        async () =>
        {
            // Not Octokit's: it can't filter, and falls over another tool's payload.
            var query = $"sha={commit}&environment={Uri.EscapeDataString(environment)}&task={Uri.EscapeDataString(task)}";
            var found = await GetJsonAsync($"deployments?{query}", ct);
            return found.EnumerateArray().Select(deployment => (long?)deployment.GetProperty("id").GetInt64()).FirstOrDefault();
        },
        ct);

    public Task<long> CreateDeploymentAsync(NewDeployment deployment, CancellationToken ct) => AskAsync(
        async () =>
        {
            var created = await _client.Repository.Deployment.Create(_owner, _name, new(deployment.Commit.ToString())
            {
                AutoMerge = false,
                RequiredContexts = [],
                Environment = deployment.Environment,
                Task = deployment.Task,
                Description = Cut(_clean(deployment.Description)),
            });
            return created is { Id: > 0 } ? created.Id : throw new InvalidDataException("it created no deployment");
        },
        ct);

    public Task SetDeploymentStatusAsync(long id, DeploymentState state, string description, Uri? log, CancellationToken ct) => AskAsync(
        () => _client.Repository.Deployment.Status.Create(_owner, _name, id, new(Answers.State(state))
        {
            Description = Cut(_clean(description)),
            LogUrl = log?.AbsoluteUri,
        }),
        ct);

    private static string Cut(string text) => text.Length <= LongestDescription ? text : text[..(LongestDescription - 1)] + "…";
}
