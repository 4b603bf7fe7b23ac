using System.Text.Json;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Deployments and what became of them.</summary>
internal sealed partial class GitHubJson
{
    public object Deployment(Repository repository, Deployment deployment)
    {
        var updated = deployment.Statuses.Count == 0 ? deployment.CreatedAt : deployment.Statuses[^1].At;
        return new
        {
            url = Api(repository, $"/deployments/{deployment.Id}"),
            id = deployment.Id,
            node_id = Node("Deployment", deployment.Id),
            sha = deployment.Sha,
            @ref = deployment.Ref,
            task = deployment.Task,
            payload = JsonElement.Parse(deployment.Payload),
            original_environment = deployment.Environment,
            environment = deployment.Environment,
            description = deployment.Description,
            creator = UserOrNull(deployment.Creator),
            created_at = Time(deployment.CreatedAt),
            updated_at = Time(updated),
            statuses_url = Api(repository, $"/deployments/{deployment.Id}/statuses"),
            repository_url = Api(repository),
            transient_environment = deployment.Transient,
            production_environment = deployment.Production,
            performed_via_github_app = (object?)null,
        };
    }

    public object DeploymentStatus(Repository repository, Deployment deployment, DeploymentStatus status) => new
    {
        url = Api(repository, $"/deployments/{deployment.Id}/statuses/{status.Id}"),
        id = status.Id,
        node_id = Node("DeploymentStatus", status.Id),
        state = status.State,
        creator = UserOrNull(status.Creator),
        description = status.Description,
        environment = status.Environment,
        target_url = status.LogUrl,
        log_url = status.LogUrl,
        environment_url = status.EnvironmentUrl,
        created_at = Time(status.At),
        updated_at = Time(status.At),
        deployment_url = Api(repository, $"/deployments/{deployment.Id}"),
        repository_url = Api(repository),
        performed_via_github_app = (object?)null,
    };
}
