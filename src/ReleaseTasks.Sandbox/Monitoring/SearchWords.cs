namespace ReleaseTasks.Sandbox.Monitoring;

/// <summary>
/// Papertrail's search grammar: words stand side by side for "and", <c>OR</c>, <c>-word</c>, quotes, parentheses, and
/// <c>program:</c>, <c>host:</c>, <c>severity:</c>. Case is ignored, there are no regular expressions.
/// </summary>
internal sealed class SearchWords
{
    private readonly List<string> tokens;
    private int next;

    private SearchWords(List<string> tokens) => this.tokens = tokens;

    /// <summary>The query as a question to a line. Nothing is an error: what can't be read as grammar is read as words.</summary>
    public static Func<LogEvent, bool> Parse(string query)
    {
        var tokens = Split(query);
        return tokens.Count == 0 ? _ => true : new SearchWords(tokens).Alternatives();
    }

    private Func<LogEvent, bool> Alternatives()
    {
        var alternatives = new List<Func<LogEvent, bool>> { Sequence() };
        while (next < tokens.Count && tokens[next] == "OR")
        {
            next++;
            alternatives.Add(Sequence());
        }

        return line => alternatives.Exists(alternative => alternative(line));
    }

    private Func<LogEvent, bool> Sequence()
    {
        var all = new List<Func<LogEvent, bool>>();
        while (next < tokens.Count && tokens[next] is not ("OR" or ")"))
        {
            if (tokens[next] == "AND")
            {
                next++;
                continue;
            }

            all.Add(Term());
        }

        return line => all.TrueForAll(term => term(line));
    }

    private Func<LogEvent, bool> Term()
    {
        var token = tokens[next++];
        if (token == "-" && next < tokens.Count)
        {
            var refused = Term();
            return line => !refused(line);
        }

        if (token != "(")
        {
            return Word(token);
        }

        var inner = Alternatives();
        next += next < tokens.Count ? 1 : 0; // the closing parenthesis
        return inner;
    }

    private static Func<LogEvent, bool> Word(string token)
    {
        var colon = token.IndexOf(':', StringComparison.Ordinal);
        var (attribute, value) = colon < 0 ? ("", token) : (token[..colon].ToLowerInvariant(), token[(colon + 1)..]);
        return attribute switch
        {
            "program" => line => Contains(line.Program, value),
            "host" => line => Contains(line.App, value),
            "severity" => line => Contains(Papertrail.SeverityOf(line), value),
            _ => line => Contains(line.Message, token) || Contains(line.Program, token) || Contains(line.App, token),
        };
    }

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static List<string> Split(string query)
    {
        var tokens = new List<string>();
        var word = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var c in query)
        {
            if (c == '"')
            {
                quoted = !quoted;
                End(always: !quoted);
            }
            else if (quoted || !(char.IsWhiteSpace(c) || c is '(' or ')' || (c == '-' && word.Length == 0)))
            {
                word.Append(c);
            }
            else
            {
                End(always: false);
                if (!char.IsWhiteSpace(c))
                {
                    tokens.Add($"{c}");
                }
            }
        }

        End(always: false);
        return tokens;

        void End(bool always)
        {
            // program:"app/web.1" is one word: the quotes begin inside it.
            if (word.Length > 0 && (always || !quoted || word[^1] != ':'))
            {
                tokens.Add(word.ToString());
                word.Clear();
            }
        }
    }
}
