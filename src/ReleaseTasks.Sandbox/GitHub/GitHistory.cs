using System.Globalization;
using System.Text;

namespace ReleaseTasks.Sandbox.GitHub;

/// <summary>Commits that are written in one go, by <c>git fast-import</c>: a process for each of them would be most of a new sandbox's start.</summary>
internal sealed class GitHistory
{
    private readonly StringBuilder _script = new();
    private int _commits;

    /// <summary>What <c>git fast-import</c> reads; it answers with the commits' ids, a line each.</summary>
    public string Script => _script + string.Concat(Enumerable.Range(1, _commits).Select(mark => $"get-mark :{mark}\n"));

    /// <param name="branch">Is moved to the commit.</param>
    /// <param name="files">What changes against the first parent, by path; a null text deletes a file.</param>
    /// <param name="message">The whole message.</param>
    /// <param name="author">Who wrote it, and when.</param>
    /// <param name="committer">Who committed it, and when.</param>
    /// <param name="parents">Ids, or what this gave for an earlier commit.</param>
    /// <returns>Stands for the commit until it is written.</returns>
    public string Commit(
        string branch, IEnumerable<KeyValuePair<string, string?>> files, string message, Signature author, Signature committer, params IReadOnlyList<string> parents)
    {
        _commits++;
        _script.Append(CultureInfo.InvariantCulture, $"commit refs/heads/{branch}\nmark :{_commits}\n")
            .Append(CultureInfo.InvariantCulture, $"author {author.Name} <{author.Email}> {author.When.ToUnixTimeSeconds()} +0000\n")
            .Append(CultureInfo.InvariantCulture, $"committer {committer.Name} <{committer.Email}> {committer.When.ToUnixTimeSeconds()} +0000\n")
            .Append(Data(message));
        for (var i = 0; i < parents.Count; i++)
        {
            _script.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "from" : "merge")} {parents[i]}\n");
        }

        foreach (var (path, text) in files)
        {
            _script.Append(text is null ? $"D {path}\n" : $"M 100644 inline {path}\n{Data(text)}");
        }

        _script.Append('\n');
        return $":{_commits}";
    }

    /// <summary>Points a ref of any kind at a commit.</summary>
    public void Point(string name, string commit) => _script.Append(CultureInfo.InvariantCulture, $"reset {name}\nfrom {commit}\n\n");

    private static string Data(string text) => $"data {Encoding.UTF8.GetByteCount(text)}\n{text}\n";
}
