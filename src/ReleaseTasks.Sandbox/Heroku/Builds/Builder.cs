using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>Makes a slug and a release out of a source.</summary>
internal sealed class Builder(Platform platform) : IDisposable
{
    // What Heroku's buildpacks look for; a Procfile alone will do here, since nothing is compiled.
    private static readonly string[] SignsOfAnApp =
        ["Procfile", "requirements.txt", "Pipfile", "pyproject.toml", "setup.py", "package.json", "Gemfile", "go.mod", "composer.json", "pom.xml", "build.gradle", "project.clj", "build.sbt"];

    /// <summary>How long one failure is enough of a reminder that a stack is deprecated.</summary>
    private static readonly TimeSpan Brownout = TimeSpan.FromDays(30);

    private readonly HttpClient _http = new();

    /// <summary>Where uploads wait for their build.</summary>
    public string SourceFile(Guid source) => Path.Combine(platform.Parts.Directory, "sources", $"{source}.tgz");

    /// <summary>Begins a build; call it inside a change of the world.</summary>
    public Build Start(App app, Account user, string sourceUrl, string? version, string? checksum)
    {
        var build = new Build
        {
            User = user.Id,
            SourceUrl = sourceUrl,
            Version = version,
            Checksum = checksum,
            Stack = app.BuildStack,
            CreatedAt = platform.Now,
            UpdatedAt = platform.Now,
        };
        app.Builds.Add(build);
        platform.Streams.Create(build.Id);
        platform.Log(app, "app", "api", $"Build started by user {user.Email}");
        platform.Background.StartInTurn(build.Id, $"build of {app.Name}", ct => BuildAsync(app.Id, build.Id, ct));
        return build;
    }

    /// <summary>Fails the builds that the sandbox's last process took with it.</summary>
    public static void GiveUpPending(HerokuWorld world)
    {
        foreach (var build in world.Apps.SelectMany(a => a.Builds).Where(b => b.Status == BuildStatus.Pending))
        {
            build.Status = BuildStatus.Failed;
        }
    }

    /// <summary><c>Deploy de63889</c>; a version that is no commit is given in whole.</summary>
    public static string Describe(Slug slug)
    {
        var version = slug.Commit ?? slug.Id.ToString("N");
        return $"Deploy {(version.Length >= 32 && version.All(char.IsAsciiHexDigit) ? version[..7] : version)}";
    }

    public void Dispose() => _http.Dispose();

    private async Task BuildAsync(Guid appId, Guid buildId, CancellationToken ct)
    {
        var output = platform.Streams.Find(buildId)!;
        var (url, checksum, slug) = platform.Store.Read(world =>
        {
            var build = world.AppOf(appId).Builds.Find(b => b.Id == buildId)!;
            return (build.SourceUrl, build.Checksum, new Slug { Commit = build.Version, Stack = build.Stack, CreatedAt = platform.Now });
        });
        try
        {
            output.WriteLine($"-----> Building on the {Stack.Of(slug.Stack).Title} stack");
            await FailAsScriptedAsync(appId, buildId, ct);
            await FetchAsync(url, checksum, slug, ct);
            Compile(slug, output);
            platform.Store.Change(world => Succeed(world, world.AppOf(appId), buildId, slug, output));
        }
        catch (Exception e) when (e is InvalidDataException or HttpRequestException or UriFormatException)
        {
            output.WriteLine($" !     {e.Message}");
            output.WriteLine(" !     Push failed");
            platform.Store.Change(world => Fail(world.AppOf(appId), buildId));
        }
        finally
        {
            output.Finish();
        }
    }

    private async Task FailAsScriptedAsync(Guid app, Guid build, CancellationToken ct)
    {
        switch (await platform.Parts.Faults.HappenAsync(FaultWords.Build, ct))
        {
            case "fail":
                throw new InvalidDataException("The build was told to fail.");
            case "brownout" when platform.Store.Read(world => BrownoutOf(world.AppOf(app), build)) is { } stack:
                throw new InvalidDataException(
                    $"The stack {stack} is deprecated, so an app's first build on it in {Brownout.Days} days fails on purpose. The next one goes through; " +
                    $"before the stack's end, move the app to another: heroku stack:set {Stack.Default}");
        }
    }

    /// <summary>The stack whose end a build is to remind of; null where it isn't deprecated, or another build was first.</summary>
    private static string? BrownoutOf(App app, Guid id)
    {
        var build = app.Builds.Find(b => b.Id == id)!;
        var isFirst = !app.Builds.Exists(b => b != build && b.Stack == build.Stack && b.CreatedAt <= build.CreatedAt && b.CreatedAt > build.CreatedAt - Brownout);
        return isFirst && Stack.Of(build.Stack).IsDeprecated ? build.Stack : null;
    }

    private async Task FetchAsync(string url, string? checksum, Slug slug, CancellationToken ct)
    {
        var file = SourceFile(slug.Id);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var source = await _http.GetStreamAsync(new Uri(url), ct))
        await using (var target = File.Create(file))
        {
            await source.CopyToAsync(target, ct);
        }

        if (checksum is not null && !await SourceArchive.MatchesAsync(file, checksum, ct))
        {
            throw new InvalidDataException("The source's checksum doesn't match.");
        }

        slug.Size = new FileInfo(file).Length;
        Directory.CreateDirectory(Path.GetDirectoryName(platform.SlugDirectory(slug))!);
        await SourceArchive.UnpackAsync(file, platform.SlugDirectory(slug), ct);
        File.Delete(file);
    }

    private void Compile(Slug slug, OutputStream output)
    {
        if (!Array.Exists(SignsOfAnApp, sign => File.Exists(Path.Combine(platform.SlugDirectory(slug), sign))))
        {
            throw new InvalidDataException("No default language could be detected for this app.");
        }

        slug.ProcessTypes = Procfile.Read(platform.SlugDirectory(slug));
        output.WriteLine("-----> Discovering process types");
        output.WriteLine($"       Procfile declares types -> {(slug.ProcessTypes.Count == 0 ? "(none)" : string.Join(", ", slug.ProcessTypes.Keys))}");
        output.WriteLine("-----> Compressing...");
        output.WriteLine($"       Done: {Math.Max(1, slug.Size / 1024)}K");
        output.WriteLine("-----> Launching...");
    }

    private void Succeed(HerokuWorld world, App app, Guid buildId, Slug slug, OutputStream output)
    {
        var build = app.Builds.Find(b => b.Id == buildId)!;
        var user = world.Account(build.User);
        app.Slugs.Add(slug);
        platform.Log(app, "app", "api", "Build succeeded");
        var release = platform.Releasing.Add(world, app, user, Describe(slug), slug);
        (build.Status, build.Slug, build.Release, build.UpdatedAt) = (BuildStatus.Succeeded, slug.Id, release.Id, platform.Now);
        if (release.Status == ReleaseStatus.Pending)
        {
            output.WriteLine(" !     Release command declared: this new release will not be available until the command succeeds.");
        }

        output.WriteLine($"       Released v{release.Version}");
        output.WriteLine($"       {AppRouter.WebUrl(platform.Parts.Address, app)} deployed to Heroku");
    }

    private void Fail(App app, Guid buildId)
    {
        var build = app.Builds.Find(b => b.Id == buildId)!;
        (build.Status, build.UpdatedAt) = (BuildStatus.Failed, platform.Now);
        platform.Log(app, "app", "api", "Build failed -- check your build output");
    }
}
