using Cake.Common;
using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Core.IO;

namespace Build;

/// <summary>The databases, Python parts, browser and Markdown engine that tests use, from the distribution's own packages.</summary>
internal static class DebianPackages
{
    private static readonly string[] Needed = ["postgresql", "alembic", "python3-psycopg2", "chromium", "cmark-gfm"];

    public static void Install(ICakeContext context)
    {
        string[] missing = [.. Needed.Where(package => !IsInstalled(context, package))];
        if (missing is [])
        {
            return;
        }

        var obstacle = Obstacle(context) ?? AptGet(context, missing);
        if (obstacle is not null)
        {
            context.Warning("Not installed: {0} ({1}). Tests that need them will say so.", string.Join(", ", missing), obstacle);
        }
    }

    private static bool IsInstalled(ICakeContext context, string package) =>
        context.Tools.Resolve("dpkg-query") is { } query
        && context.StartProcess(query, Quietly("-W", "-f=${db:Status-Status}", package), out var status) == 0
        && status.Contains("installed");

    private static string? Obstacle(ICakeContext context) =>
        context.Tools.Resolve("apt-get") is null ? "this machine has no apt-get"
        : !System.Environment.IsPrivilegedProcess ? "only root may install packages"
        : null;

    private static string? AptGet(ICakeContext context, string[] packages)
    {
        context.Information("Installing {0} ...", string.Join(", ", packages));
        return context.StartProcess("apt-get", Unattended("update", "-qq")) == 0
            && context.StartProcess("apt-get", Unattended(["install", "-qq", "-y", "--no-install-recommends", .. packages])) == 0
            ? null
            : "apt-get failed, see above";
    }

    private static ProcessSettings Unattended(params string[] arguments) => new()
    {
        Arguments = ProcessArgumentBuilder.FromStrings(arguments),
        EnvironmentVariables = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" },
    };

    private static ProcessSettings Quietly(params string[] arguments) => new()
    {
        Arguments = ProcessArgumentBuilder.FromStrings(arguments),
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
