using ReleaseTasks.Sandbox.Dynos;
using ReleaseTasks.Sandbox.Heroku;
using ReleaseTasks.Sandbox.Heroku.World;
using ReleaseTasks.Sandbox.Serving;

namespace ReleaseTasks.Sandbox.Sample;

/// <summary>Slugs of a world that is made before it is served: there is no builder yet, and no release phase.</summary>
internal sealed class SlugSeeder(SandboxParts parts, HerokuStandIn heroku)
{
    /// <summary>A slug of an archive, <c>.tar.gz</c> with one folder on top.</summary>
    public async Task<Slug> AddAsync(App app, string commit, DateTimeOffset at, Func<Stream, Task> archiveAsync, CancellationToken ct)
    {
        var slug = app.AddSlug(commit, [], at);
        var folder = heroku.SlugDirectory(slug);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var file = folder + ".tar.gz";
        await using (var archive = File.Create(file))
        {
            await archiveAsync(archive);
        }

        slug.Size = new FileInfo(file).Length;
        await SourceArchive.UnpackAsync(file, folder, ct);
        File.Delete(file);
        slug.ProcessTypes = Procfile.Read(folder);
        return slug;
    }

    /// <summary>A slug of text files by path, whose size is theirs: nothing is packed.</summary>
    public Slug Add(App app, string commit, DateTimeOffset at, IReadOnlyDictionary<string, string> files)
    {
        var slug = app.AddSlug(commit, [], at);
        var folder = heroku.SlugDirectory(slug);
        foreach (var (path, text) in files)
        {
            var file = new FileInfo(Path.Combine(folder, path));
            file.Directory!.Create();
            File.WriteAllText(file.FullName, text);
            slug.Size += file.Length;
        }

        slug.ProcessTypes = Procfile.Read(folder);
        return slug;
    }

    /// <summary>Runs a command in the app's current slug, with its config vars; gives its status and what it wrote.</summary>
    public async Task<(int Status, string Output)> RunAsync(App app, string command, CancellationToken ct)
    {
        var output = new List<string>();
        var start = new DynoStart(app.Name, "run.1000", heroku.SlugDirectory(app.CurrentSlug!), command, app.ConfigVars);
        var status = await parts.Dynos.RunAsync(start, output.Add, ct);
        return (status, string.Join('\n', output));
    }
}
