using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.GitHub;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;
using Account = ReleaseTasks.Sandbox.Heroku.World.Account;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary><c>/heroku-git/{app}.git</c>: <c>git push heroku main</c> builds and releases what was pushed, and shows it to whoever pushes.</summary>
internal sealed class GitPushRequests(Platform platform)
{
    private readonly GitStore _repositories = new(Path.Combine(platform.Parts.Directory, "heroku"));
    private readonly ConcurrentDictionary<string, Push> _pushes = new();

    public void Map(HerokuRoutes routes)
    {
        routes.Open("GET", "/heroku-git/{app}.git/{**rest}", ServeAsync);
        routes.Open("POST", "/heroku-git/{app}.git/{**rest}", ServeAsync);
        routes.Open("POST", "/heroku-git/pushed/{secret}/{commit}", BuildAsync);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var key = HerokuRoutes.KeyOf(context.Request.Headers.Authorization.ToString());
        if (platform.Store.Read(world => world.Accounts.Find(a => a.ApiKey == key)) is not { } user)
        {
            // git asks anonymously first and comes back with its credentials only when it's told to.
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Heroku\"";
            return;
        }

        var app = platform.Store.Read(world => Find(world, user, (string)context.Request.RouteValues["app"]!));
        var repository = _repositories.PathOf("heroku", app.Name);
        if (!Directory.Exists(repository))
        {
            await _repositories.CreateAsync("heroku", app.Name, "main", context.RequestAborted);
        }

        var secret = Guid.NewGuid().ToString("N");
        _pushes[secret] = new Push(app.Id, app.Name, user.Id);
        await WriteHookAsync(repository, secret, context.RequestAborted);
        await GitHttp.ServeAsync(context, repository, (string)context.Request.RouteValues["rest"]!, user.Email);
        _pushes.TryRemove(secret, out _);
    }

    private static App Find(HerokuWorld world, Account user, string name)
    {
        var app = world.FindApp(name) ?? throw Refusal.NotFound("app");
        return app.Owner == user.Id || app.Collaborators.Exists(c => c.User == user.Id)
            ? app
            : throw Refusal.Forbidden($"You do not have access to the app {app.Name}.");
    }

    // The hook is how git lets a server talk to whoever pushes, and declines a push. What was pushed is for its eyes only until it has
    // agreed, so it's the hook that packs the source. Bash can open a connection by itself: nothing else is needed.
    private async Task WriteHookAsync(string repository, string secret, CancellationToken ct)
    {
        var port = platform.Parts.Address.Port.ToString(CultureInfo.InvariantCulture);
        var source = platform.Builder.SourceFile(Guid.ParseExact(secret, "N"));
        Directory.CreateDirectory(Path.GetDirectoryName(source)!);
        var hook = Path.Combine(repository, "hooks", "pre-receive");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        await File.WriteAllTextAsync(
            hook,
            $$"""
            #!/usr/bin/env bash
            while read -r _ new ref; do
              case $ref in
                refs/heads/main|refs/heads/master)
                  git archive --format=tar.gz -o {{Quote(source)}} "$new" || exit 1
                  exec 3<>/dev/tcp/127.0.0.1/{{port}}
                  printf 'POST /heroku-git/pushed/{{secret}}/%s HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n' "$new" >&3
                  while IFS= read -r line && [ "$line" != $'\r' ]; do :; done <&3
                  built=
                  while IFS= read -r line; do
                    if [ "$line" = {{secret}} ]; then built=yes; else printf '%s\n' "$line"; fi
                  done <&3
                  [ "$built" ] || exit 1 ;;
                *) echo "Pushed to non-main branch, skipping build." ;;
              esac
            done

            """,
            ct);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string Quote(string path) => $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Builds what the hook packed, and shows it as it comes. The secret in a line of its own tells the hook to agree.</summary>
    private async Task BuildAsync(HttpContext context)
    {
        var (commit, secret) = ((string)context.Request.RouteValues["commit"]!, (string)context.Request.RouteValues["secret"]!);
        if (!_pushes.TryGetValue(secret, out var push) || !commit.All(char.IsAsciiHexDigit))
        {
            throw Refusal.NotFound("push");
        }

        var source = platform.UrlOf($"sources/{Guid.ParseExact(secret, "N")}").AbsoluteUri;
        var build = platform.Store.Change(world => platform.Builder.Start(world.AppOf(push.App), world.Account(push.User), source, commit, checksum: null).Id);
        await ShowAsync(context, build);
        if (platform.Store.Read(world => world.AppOf(push.App).Builds.Find(b => b.Id == build)?.Release) is not { } release)
        {
            await context.Response.WriteAsync($"\nVerifying deploy...\n\n !     Push rejected to {push.AppName}.\n\n", context.RequestAborted);
            return;
        }

        await context.Response.WriteAsync("\nVerifying deploy... done.\n", context.RequestAborted);
        await ShowReleasePhaseAsync(context, push, release);
        await context.Response.WriteAsync($"{secret}\n", context.RequestAborted);
    }

    // The code is there to stay, whatever comes of its release phase: git's push has succeeded.
    private async Task ShowReleasePhaseAsync(HttpContext context, Push push, Guid release)
    {
        if (platform.Streams.Find(release) is null)
        {
            return;
        }

        await context.Response.WriteAsync("Running release command...\n\n", context.RequestAborted);
        await ShowAsync(context, release);
        var status = platform.Store.Read(world => world.AppOf(push.App).Releases.Find(r => r.Id == release)?.Status);
        await context.Response.WriteAsync($"Waiting for release.... {(status == ReleaseStatus.Succeeded ? "done" : "failed")}.\n", context.RequestAborted);
    }

    private async Task ShowAsync(HttpContext context, Guid stream)
    {
        if (platform.Streams.Find(stream) is not { } output)
        {
            return;
        }

        await output.CopyAsync(
            0,
            async text =>
            {
                await context.Response.WriteAsync(text, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            },
            context.RequestAborted);
    }

    private sealed record Push(Guid App, string AppName, Guid User);
}
