using System.Formats.Tar;
using System.IO.Compression;
using ReleaseTasks.Sandbox.GitHub;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class GitStoreKeeping
{
    private static readonly Signature Zupo = new("Zupo", "zupo@example.com", new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));

    private readonly string folder = Directory.CreateTempSubdirectory("git-store-").FullName;

    [OneTimeTearDown]
    public void Clean() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Gives_the_same_id_for_the_same_files_author_and_date()
    {
        var files = new Dictionary<string, string?> { ["Procfile"] = "web: run\r\n", ["app/main.py"] = "print()\n" };
        var store = new GitStore(folder);
        var one = await store.CreateAsync("zupo", "one", "master", default);
        var two = await store.CreateAsync("zupo", "two", "master", default);

        var first = await one.CommitAsync("master", files, "Begin", Zupo, default);
        var second = await two.CommitAsync("master", files, "Begin", Zupo, default);

        Assert.That(second, Is.EqualTo(first));
        Assert.That(await store.Open("zupo", "one").FindCommitAsync("HEAD", default), Is.EqualTo(first));
    }

    [Test]
    public async Task Archives_a_commit_below_one_folder_with_its_bytes_untouched()
    {
        var store = new GitStore(folder);
        var repository = await store.CreateAsync("zupo", "archived", "master", default);
        var commit = await repository.CommitAsync("master", new Dictionary<string, string?> { ["a/b.txt"] = "ä\r\n", ["c"] = "" }, "Begin", Zupo, default);

        using var archive = new MemoryStream();
        await store.ArchiveAsync(store.PathOf("zupo", "archived"), commit, archive, default);

        Assert.That(Files(archive), Is.EqualTo(new Dictionary<string, string>
        {
            [$"zupo-archived-{commit[..7]}/a/b.txt"] = "ä\r\n",
            [$"zupo-archived-{commit[..7]}/c"] = "",
        }));
    }

    [Test]
    public async Task Changes_and_deletes_files_on_a_branch_of_its_own()
    {
        var store = new GitStore(folder);
        var repository = await store.CreateAsync("zupo", "branched", "master", default);
        await repository.CommitAsync("master", new Dictionary<string, string?> { ["a"] = "1", ["b"] = "1" }, "Begin", Zupo, default);
        await repository.BranchAsync("topic", "master", default);

        var topic = await repository.CommitAsync("topic", new Dictionary<string, string?> { ["a"] = "2", ["b"] = null }, "Change", Zupo, default);

        using var archive = new MemoryStream();
        await store.ArchiveAsync(repository.Directory, topic, archive, default);
        Assert.That(Files(archive).Select(file => (Path.GetFileName(file.Key), file.Value)), Is.EqualTo(new[] { ("a", "2") }));
        Assert.That(await repository.FindCommitAsync("master", default), Is.Not.EqualTo(topic));
    }

    [TestCase("..", "sushi")]
    [TestCase("zupo", "../sushi")]
    [TestCase("zupo", "")]
    public void Refuses_a_name_that_could_leave_its_folder(string owner, string repo) =>
        Assert.That(() => new GitStore(folder).PathOf(owner, repo), Throws.ArgumentException);

    [TestCase("master@{1}")]
    [TestCase("HEAD^")]
    [TestCase("--all")]
    [TestCase(":/Begin")]
    public async Task Finds_no_commit_by_anything_but_a_name(string name)
    {
        var store = new GitStore(folder);
        var repository = await store.CreateAsync("zupo", $"names-{Guid.NewGuid():N}", "master", default);
        await repository.CommitAsync("master", new Dictionary<string, string?> { ["a"] = "1" }, "Begin", Zupo, default);

        Assert.That(await repository.FindCommitAsync(name, default), Is.Null);
    }

    private static Dictionary<string, string> Files(MemoryStream tarGz)
    {
        tarGz.Position = 0;
        using var tar = new TarReader(new GZipStream(tarGz, CompressionMode.Decompress));
        var files = new Dictionary<string, string>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile)
            {
                files[entry.Name] = entry.DataStream is null ? "" : new StreamReader(entry.DataStream).ReadToEnd();
            }
        }

        return files;
    }
}
