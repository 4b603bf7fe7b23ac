namespace ReleaseTasks.Tests.Plans;

/// <summary>Descriptions as nobody would write them, made from the procedure's own; the same seed makes the same text.</summary>
internal sealed class MutatedPlans(int seed)
{
    private static readonly string[] Sources = [Examples.BasicTemplate, Examples.Simple, Examples.ComplexMigration, Examples.Corrected];

    private static readonly string[] Snippets =
    [
        "\n", "\n\n", "\r\n", "\t", "    ", "  ", "\0", "\u001b[31m", "\u202e", "\u200b", "\u00a0", "\ufeff", "é", "日本語", "🚀", "```", "~~~", "```bash\n", "`", "``", "<!--", "-->", "<!-- x -->",
        "<!-- done -->", "<!-- /done -->", "<details>", "</details>\n\n", "> ", "- ", "* ", "+ ", "1. ", "2) ", "[ ] ", "[x] ", "[X]", "[]", "[ ](x)", "|", "||", "&&", ";", "$(whoami)", "$(< MYVAR.old)", "> MYVAR.old",
        "\\", "\"", "'", "#", "## ", "---\n", "===\n", "**Deployment steps**:", "**Backuping steps**: None", "## Rollback strategy\n", "## Other\n", "None", "-", "XXX", "TODO", "if it fails, ", "do not ",
        "`heroku maintenance:on`", "`heroku maintenance:off`", "`heroku addons:destroy DATABASE --app sushi`", "`heroku addons:destroy HEROKU_POSTGRESQL_YELLOW`", "`heroku addons:detach HEROKU_POSTGRESQL_YELLOW`",
        "`heroku pg:reset DATABASE --confirm sushi`", "`heroku apps:destroy sushi`", "`heroku config:set MYVAR=x; rm -rf /`", "$ heroku rollback v51\n", "heroku run bash", "`heroku run -- alembic downgrade -1`", "--app other",
        "`git push --force heroku master`", "Merge PR into master", "Deploy", "[link](https://example.com)", "https://example.com/?a=b&c=d", "@dz0ny", "#3", "::error::x", "{{x}}", "${x}", "%s%n", "<script>alert(1)</script>",
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        var text = Sources[_random.Next(Sources.Length)];
        for (var edits = _random.Next(1, 12); edits > 0; edits--)
        {
            text = Edit(text);
        }

        return text;
    }

    private string Edit(string text)
    {
        var at = _random.Next(text.Length + 1);
        var lines = text.Split('\n').ToList();
        var line = _random.Next(lines.Count);
        switch (_random.Next(12))
        {
            case 0:
                lines.RemoveAt(line);
                break;
            case 1:
                lines.Insert(_random.Next(lines.Count), lines[line]);
                break;
            case 2:
                (lines[line], lines[^(line + 1)]) = (lines[^(line + 1)], lines[line]);
                break;
            case 3:
                lines[line] = new string(' ', _random.Next(9)) + lines[line].TrimStart();
                break;
            case 4:
                lines[line] = string.Concat(Enumerable.Repeat(Snippet(), _random.Next(1, 5))) + lines[line];
                break;
            case 5:
                lines[line] += Snippet();
                break;
            case 6:
                lines.Insert(line, Snippet());
                break;
            case 7:
                return text.Insert(at, Snippet());
            case 8:
                return text.Remove(at, Math.Min(_random.Next(20), text.Length - at));
            case 9:
                return text.Replace("\n", "\r\n", StringComparison.Ordinal);
            case 10:
                return text.Insert(at, ((char)_random.Next(0x2100)).ToString());
            default:
                return text[..at] + string.Concat(Enumerable.Repeat(Snippet(), _random.Next(1, 40))) + text[at..];
        }

        return string.Join('\n', lines);
    }

    private string Snippet() => Snippets[_random.Next(Snippets.Length)];
}
