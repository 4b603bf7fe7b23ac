using System.Net;

namespace ReleaseTasks.Sandbox.Tests.GitHub;

public sealed class GitRefs
{
    [Test]
    public async Task Are_created_by_exactly_one_of_fifty_contenders()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var body = new { @ref = "refs/release-locks/sushi", sha = github.Head };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => zupo.SendAsync("POST", "git/refs", body)));

        Assert.That(answers.Count(answer => answer.Status == HttpStatusCode.Created), Is.EqualTo(1));
        Assert.That(
            answers.Where(answer => answer.Status != HttpStatusCode.Created).Select(answer => (answer.Status, answer.Text("message"))).Distinct(),
            Is.EqualTo(new[] { (HttpStatusCode.UnprocessableEntity, "Reference already exists") }));
    }

    [Test]
    public async Task Point_at_a_tag_that_says_who_holds_the_lock()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var tag = await zupo.SendAsync("POST", "git/tags", new
        {
            tag = "lock",
            message = "sushi-pr3\nhost",
            @object = github.Head,
            type = "commit",
            tagger = new { name = "zupo", email = "zupo@example.com", date = "2026-11-20T10:00:00Z" },
        });
        await zupo.SendAsync("POST", "git/refs", new { @ref = "refs/release-locks/sushi", sha = tag.Text("sha") });

        var found = await zupo.AskAsync("git/ref/release-locks/sushi");
        var read = await zupo.AskAsync($"git/tags/{found.Text("object", "sha")}");
        Assert.That(found.Text("object", "type"), Is.EqualTo("tag"));
        Assert.That((read.Text("message"), read.Text("tagger", "date"), read.Text("object", "sha")),
            Is.EqualTo(("sushi-pr3\nhost", "2026-11-20T10:00:00Z", github.Head)));
    }

    [Test]
    public async Task Are_found_by_their_whole_name_and_the_old_way_by_its_beginning()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        await zupo.SendAsync("POST", "git/refs", new { @ref = "refs/heads/feature-a", sha = github.Head });

        var exact = await zupo.AskAsync("git/ref/heads/feature");
        var old = await zupo.AskAsync("git/refs/heads/feature");
        var matching = await zupo.AskAsync("git/matching-refs/heads/nothing");

        Assert.That(exact.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(old.Body![0]!["ref"]!.ToString(), Is.EqualTo("refs/heads/feature-a"));
        Assert.That(matching.Body!.AsArray(), Is.Empty);
        Assert.That((await zupo.AskAsync("git/refs/heads/feature-a")).Text("ref"), Is.EqualTo("refs/heads/feature-a"));
        Assert.That((await zupo.AskAsync("git/refs/heads/nothing")).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Move_forward_only_unless_forced()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        var master = await github.CommitAsync("master", "other", "1");

        var refused = await zupo.SendAsync("PATCH", "git/refs/heads/topic", new { sha = master });
        var forced = await zupo.SendAsync("PATCH", "git/refs/heads/topic", new { sha = master, force = true });

        Assert.That((refused.Status, refused.Text("message")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "Update is not a fast forward")));
        Assert.That((forced.Status, forced.Text("object", "sha")), Is.EqualTo((HttpStatusCode.OK, master)));
    }

    [Test]
    public async Task Are_deleted_once()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");
        await zupo.SendAsync("POST", "git/refs", new { @ref = "refs/release-locks/sushi", sha = github.Head });

        var first = await zupo.SendAsync("DELETE", "git/refs/release-locks/sushi", body: null);
        var second = await zupo.SendAsync("DELETE", "git/refs/release-locks/sushi", body: null);

        Assert.That(first.Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That((second.Status, second.Text("message")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "Reference does not exist")));
    }

    [TestCase("heads/topic2")]
    [TestCase("refs/lock")]
    [TestCase("refs/heads/a..b")]
    [TestCase("refs/heads/a b")]
    [TestCase("refs/heads/--force.lock")]
    public async Task Need_a_proper_name(string name)
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var answer = await zupo.SendAsync("POST", "git/refs", new { @ref = name, sha = github.Head });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(await github.Git.RefsAsync("refs/heads/", default), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Need_an_object_that_exists()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var answer = await zupo.SendAsync("POST", "git/refs", new { @ref = "refs/heads/new", sha = new string('a', 40) });

        Assert.That((answer.Status, answer.Text("message")), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "Object does not exist")));
    }

    [Test]
    public async Task Get_commits_made_of_blobs_and_trees()
    {
        await using var github = await GitHubHost.StartAsync();
        using var zupo = github.As("zupo");

        var blob = await zupo.SendAsync("POST", "git/blobs", new { content = "aGk=", encoding = "base64" });
        var tree = await zupo.SendAsync("POST", "git/trees", new
        {
            base_tree = github.Head,
            tree = new object[] { new { path = "a/b", mode = "100644", type = "blob", sha = blob.Text("sha") }, new { path = "README", mode = "100644", type = "blob", sha = (string?)null } },
        });
        var commit = await zupo.SendAsync("POST", "git/commits", new { message = "By hand", tree = tree.Text("sha"), parents = new[] { github.Head } });
        await zupo.SendAsync("PATCH", "git/refs/heads/topic", new { sha = commit.Text("sha") });

        var file = await zupo.AskAsync("contents/a/b?ref=topic");
        var listed = await zupo.AskAsync("git/trees/topic?recursive=1");
        Assert.That(file.Text("content"), Is.EqualTo("aGk=\n"));
        Assert.That(listed.Body!["tree"]!.AsArray().Select(entry => entry!["path"]!.ToString()), Is.EqualTo(new[] { "a", "a/b" }));
        Assert.That(github.Head, Is.EqualTo(commit.Text("sha")));
    }
}
