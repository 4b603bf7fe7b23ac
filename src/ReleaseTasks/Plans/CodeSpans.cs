namespace ReleaseTasks.Plans;

/// <summary>Finds what stands in back-ticks, as GitHub does: a run of them is closed by a run of the same length.</summary>
internal static class CodeSpans
{
    /// <summary>Start and end of each span, back-ticks included, and what is inside, line breaks as blanks.</summary>
    public static IEnumerable<(int Start, int End, string Code)> In(string text)
    {
        var unclosed = new HashSet<int>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '\\')
            {
                i += 2;
                continue;
            }

            var run = RunAt(text, i);
            if (run == 0)
            {
                i++;
                continue;
            }

            var close = unclosed.Contains(run) ? -1 : CloseOf(text, i + run, run);
            if (close < 0)
            {
                unclosed.Add(run);
                i += run;
                continue;
            }

            yield return (i, close + run, Inside(text[(i + run)..close]));
            i = close + run;
        }
    }

    private static int RunAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && text[end] == '`')
        {
            end++;
        }

        return end - start;
    }

    private static int CloseOf(string text, int from, int length)
    {
        for (var i = text.IndexOf('`', from); i >= 0; i = text.IndexOf('`', i))
        {
            var run = RunAt(text, i);
            if (run == length)
            {
                return i;
            }

            i += run;
            if (i >= text.Length)
            {
                break;
            }
        }

        return -1;
    }

    private static string Inside(string code)
    {
        var line = code.ReplaceLineEndings(" ");
        return line.Length > 2 && line[0] == ' ' && line[^1] == ' ' && line.AsSpan().Trim().Length > 0 ? line[1..^1] : line;
    }
}
