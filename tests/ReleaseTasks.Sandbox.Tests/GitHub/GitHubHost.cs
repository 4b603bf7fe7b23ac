using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ReleaseTasks.Sandbox.GitHub;
using ReleaseTasks.Shapes;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

/// <summary>
/// GitHub's stand-in alone on a port of its own, with a repository <c>zupo/sushi</c>, its people, and an open pull request from
/// <c>topic</c>. Every exchange is compared with GitHub's published shapes, where they're at hand.
/// </summary>
internal sealed class GitHubHost : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly string directory;
    private readonly List<string> violations = [];

    private GitHubHost(WebApplication web, string directory, FakeTimeProvider time, GitHubWorld world)
    {
        (this.web, this.directory, Time, World) = (web, directory, time, world);
    }

    public FakeTimeProvider Time { get; }

    public GitHubWorld World { get; }

    public Uri Address => new(web.Urls.Single());

    public Repository Sushi => World.State.Repositories[0];

    public Issue Pull => Sushi.Issues[0];

    public string Head => Pull.Pull!.HeadSha;

    public GitRepository Git => World.Open(Sushi);

    public static async Task<GitHubHost> StartAsync(RateLimitOptions? limits = null)
    {
        var directory = SampleWorld.Copy();
        var time = new FakeTimeProvider(SampleWorld.Start);
        var world = new GitHubWorld(directory, time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var host = new GitHubHost(builder.Build(), directory, time, world);
        host.web.Use(host.RememberFaultsAsync);
        host.web.Use(host.CheckAsync);
        host.web.UseRouting();
        new GitHubStandIn(world, time, limits ?? new RateLimitOptions(CreatedPerMinute: 10_000)).Map(host.web);
        await host.web.StartAsync();
        return host;
    }

    /// <summary>A client with this person's token.</summary>
    public HttpClient As(string login)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", World.FindAccount(login)!.Token);
        return client;
    }

    public HttpClient Anonymous()
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(Address, "/api/v3/repos/zupo/sushi/") };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("tests/1.0");
        return client;
    }

    /// <summary>A new commit on a branch: one file, this text.</summary>
    public Task<string> CommitAsync(string branch, string file, string text) =>
        World.CommitAsync(Sushi, branch, new Dictionary<string, string?> { [file] = text }, $"Change {file}", "zupo", default);

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        World.Dispose();
        Directory.Delete(directory, recursive: true);
        Assert.That(violations, Is.Empty, "Exchanges that differ from GitHub's published shapes");
    }

    private async Task RememberFaultsAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception fault)
        {
            lock (violations)
            {
                violations.Add($"{http.Request.Method} {http.Request.Path}: {fault}");
            }

            throw;
        }
    }

    private async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (GitHubShapes.OrNull is not { } shapes)
        {
            await next(http);
            return;
        }

        http.Request.EnableBuffering();
        var request = await new StreamReader(http.Request.Body, Encoding.UTF8, leaveOpen: true).ReadToEndAsync();
        http.Request.Body.Position = 0;
        var client = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await next(http);
        http.Response.Body = client;
        if (answer.Length > 0)
        {
            await client.WriteAsync(answer.ToArray());
        }

        lock (violations)
        {
            violations.AddRange(shapes.Check(
                http.Request.Method, http.Request.Path, http.Response.StatusCode, request, http.Response.ContentType, Encoding.UTF8.GetString(answer.ToArray())));
        }
    }
}
