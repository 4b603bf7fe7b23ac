using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>
/// <c>/apps/{app}/buildpack-installations</c>, and the registry in which the CLI looks up their names. They are kept and shown; a build here
/// reads the Procfile and compiles nothing.
/// </summary>
internal static partial class BuildpackRequests
{
    /// <summary>Below the sandbox's address.</summary>
    public const string Registry = "buildpack-registry";

    private const string Urn = "urn:buildpack:";

    private static readonly string[] Known =
    [
        "heroku/clojure", "heroku/go", "heroku/gradle", "heroku/java", "heroku/nodejs", "heroku/php", "heroku/python", "heroku/ruby", "heroku/scala",
    ];

    public static void Map(HerokuRoutes routes)
    {
        routes.Get("/apps/{app}/buildpack-installations", (world, request) => Answer.Ok(Shape(request.App(world))));
        routes.Change("PUT", "/apps/{app}/buildpack-installations", Replace);
        routes.Open("GET", $"/{Registry}/buildpacks/{{name}}", LookUpAsync);
    }

    private static JsonArray Shape(App app) => new([.. app.Buildpacks.Select((url, at) => new JsonObject
    {
        ["buildpack"] = new JsonObject { ["name"] = NameOf(url), ["url"] = url },
        ["ordinal"] = at,
    })]);

    private static Answer Replace(HerokuWorld world, HerokuRequest request)
    {
        var app = request.App(world);
        if (!request.Body.Has("updates"))
        {
            throw Refusal.InvalidParams("Require params: updates.");
        }

        var wanted = request.Body.Objects("updates").Select(update => UrlOf(update.RequiredText("buildpack"))).ToList();
        app.Buildpacks = wanted.Distinct().Count() == wanted.Count ? wanted : throw Refusal.InvalidParams("A buildpack can be installed only once.");
        return Answer.Ok(Shape(app));
    }

    private static string UrlOf(string buildpack) =>
        Known.Contains(buildpack) ? Urn + buildpack
        : Known.Contains(NameOf(buildpack)) || (Uri.TryCreate(buildpack, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") ? buildpack
        : throw Refusal.InvalidParams($"There is no buildpack {buildpack}.");

    /// <summary><c>heroku/python</c>, also of its file in the registry; of any other the URL.</summary>
    private static string NameOf(string url) =>
        url.StartsWith(Urn, StringComparison.Ordinal) ? url[Urn.Length..]
        : FilePattern().Match(url) is { Success: true } file ? file.Groups["name"].Value
        : url;

    private static Task LookUpAsync(HttpContext context)
    {
        var name = Uri.UnescapeDataString((string)context.Request.RouteValues["name"]!);
        return Known.Contains(name)
            ? context.Response.WriteAsJsonAsync(new JsonObject { ["name"] = name, ["blob_url"] = $"https://buildpack-registry.s3.amazonaws.com/buildpacks/{name}.tgz" })
            : throw Refusal.NotFound("buildpack");
    }

    [GeneratedRegex(@"^https://buildpack-registry\.s3\.amazonaws\.com/buildpacks/(?<name>[\w-]+/[\w-]+)\.tgz$")]
    private static partial Regex FilePattern();
}
