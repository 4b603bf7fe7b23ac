using System.Text.Json.Nodes;

namespace ReleaseTasks.Shapes;

/// <summary>An exchange, as a sandbox writes it down.</summary>
internal sealed record Exchange(string Client, string Method, string Path, string Inclusion, int Status, string Request, string Answer)
{
    /// <summary>A client that sends nonsense on purpose, for those who test bad input.</summary>
    public const string Nonsense = "nonsense";

    /// <summary>Heroku's own CLI sends what Heroku takes but doesn't publish. All others, ours among them, have to send what is published.</summary>
    public bool IsByTheBook => !Client.StartsWith("heroku-cli", StringComparison.Ordinal) && !Client.StartsWith(Nonsense, StringComparison.Ordinal);

    /// <summary>Without what <c>Accept-Inclusion</c> added to it, such as <c>addon:plan,config_vars</c>: that isn't published.</summary>
    public string PlainAnswer()
    {
        if (Inclusion.Length == 0 || Answer.Length == 0)
        {
            return Answer;
        }

        var answer = JsonNode.Parse(Answer);
        foreach (var item in (answer as JsonArray)?.ToList() ?? [answer])
        {
            foreach (var included in Inclusion.Split(',', StringSplitOptions.TrimEntries).Select(path => path.Split(':')))
            {
                (included[..^1].Aggregate(item, (node, name) => (node as JsonObject)?[name]) as JsonObject)?.Remove(included[^1]);
            }
        }

        return answer!.ToJsonString();
    }
}
