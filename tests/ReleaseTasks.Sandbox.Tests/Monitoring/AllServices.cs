using System.Net;
using ReleaseTasks.Sandbox.Tests.GitHub;

namespace ReleaseTasks.Sandbox.Tests.Monitoring;

public sealed class AllServices
{
    [Test]
    public async Task Are_reached_by_what_the_sandbox_says_of_its_environment()
    {
        var directory = Directory.CreateTempSubdirectory("services-").FullName;
        try
        {
            await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Directory = directory, Sample = false }, default);
            var environment = sandbox.Environment;
            using var client = new HttpClient();
            client.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1.0");
            client.DefaultRequestHeaders.Authorization = new("Bearer", environment["SENTRY_AUTH_TOKEN"]);
            client.DefaultRequestHeaders.Add("X-Papertrail-Token", environment["PAPERTRAIL_API_TOKEN"]);

            var answers = new[]
            {
                await client.SendAsync("POST", environment["SLACK_WEBHOOK_URL"], "payload=%7B%22text%22%3A%22hello%22%7D"),
                await client.AskAsync($"{environment["SENTRY_URL"]}/api/0/organizations/sushi/issues/"),
                await client.AskAsync($"{environment["PAPERTRAIL_URL"]}/api/v1/events/search.json"),
                await client.AskAsync($"{environment["GITHUB_API_URL"]}/user"),
            };

            // Sentry's token is none of GitHub's.
            Assert.That(
                answers.Select(answer => answer.Status),
                Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized }));
            Assert.That((sandbox.UnknownRequests, sandbox.Failures), Is.EqualTo((Array.Empty<string>(), Array.Empty<string>())));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
