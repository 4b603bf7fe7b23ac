using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseTasks.Plans;

/// <summary>
/// From a step's words to the work they ask for. The sentences are short and closed: a word more than they know ("merge PR into master <i>if</i> …")
/// and the step stays with a person.
/// </summary>
internal static partial class WordsRecogniser
{
    private const int LongestSentence = 400;

    /// <summary>The work, more than one where the words ask for it; none where they aren't known.</summary>
    public static IReadOnlyList<Work> Recognise(StepText step)
    {
        var words = step.Prose;
        return words.Length > LongestSentence ? []
            : Merge().Match(words) is { Success: true } merge ? [new Work.MergePullRequest(Number(merge.Groups["pr"].Value))]
            : MaintenanceOn().IsMatch(words) ? [new Work.MaintenanceOn()]
            : MaintenanceOff().IsMatch(words) ? [new Work.MaintenanceOff()]
            : Deploy(words) is { } deploy ? [deploy]
            : Notify(words) is { } notify ? [notify]
            : BackUpDatabase().IsMatch(words) ? [new Work.BackUpDatabase()]
            : BackUpConfigVar().Match(words) is { Success: true } backup ? [new Work.BackUpConfigVar(backup.Groups["name"].Value)]
            : RestoreConfigVar().Match(words) is { Success: true } restore ? [new Work.RestoreConfigVar(restore.Groups["name"].Value)]
            : RollBack().IsMatch(words) ? [new Work.RollBackRelease()]
            : Restart().Match(words) is { Success: true } restart ? [new Work.Restart(restart.Groups["type"] is { Success: true } type ? type.Value.ToLowerInvariant() : null)]
            : Watch(words) is { Count: > 0 } watch ? watch
            : SmokeTest(words) is { } test ? [test]
            : Check().IsMatch(words) ? [new Work.CheckByHand()]
            : [];
    }

    /// <summary>Whether the words around a command make it depend on something, or forbid it.</summary>
    public static string? Reservation(StepText step)
    {
        var match = Negation().Match(step.Prose);
        if (!match.Success && step.Part != PlanPart.Rollback)
        {
            match = Condition().Match(step.Prose);
        }

        return match.Success ? match.Value.ToLowerInvariant() : null;
    }

    private static Work.Deploy? Deploy(string words)
    {
        var match = DeployWords().Match(words);
        if (!match.Success)
        {
            return null;
        }

        var tail = match.Groups["tail"].Value;
        var expected = Durations.In(tail);
        return tail.Length == 0 || (expected is not null && !Then().IsMatch(tail)) ? new(expected) : null;
    }

    private static Work.NotifyUsers? Notify(string words)
    {
        var match = NotifyWords().Match(words);
        if (!match.Success || Condition().IsMatch(match.Groups["about"].Value) || Then().IsMatch(match.Groups["about"].Value))
        {
            return null;
        }

        var message = match.Groups["message"].Value.Trim().Trim('"', '“', '”').Trim();
        return new(message.Length == 0 ? null : $"{char.ToUpperInvariant(message[0])}{message[1..]}");
    }

    private static List<Work> Watch(string words)
    {
        var work = new List<Work>();
        if (!WatchWords().IsMatch(words))
        {
            return work;
        }

        if (Logs().IsMatch(words))
        {
            work.Add(new Work.WatchLogs());
        }

        if (Errors().IsMatch(words))
        {
            work.Add(new Work.WatchErrors());
        }

        return work;
    }

    private static Work.SmokeTest? SmokeTest(string words)
    {
        var match = SmokeTestWords().Match(words);
        return match.Success && StepText.WebAddress(match.Groups["url"].Value) is { } url ? new(url) : null;
    }

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^(squash and |squash-|rebase and )?merge( (the|this|our))?( (PR|pull request|branch))?( ?#(?<pr>[0-9]{1,9}))?( (in|into|to|with|on)( the)? (master|main|trunk)( branch)?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Merge();

    [GeneratedRegex(@"^((set|put|switch|turn|bring|take|move)( (the|our|app|application|site|heroku|production))* (in|into|to|on) (the )?maintenance( mode| page)?|(enable|activate|enter|start|begin|turn on|switch on|set)( (the|our|app|application|heroku|production|app's))* maintenance( mode| page)?( on)?( (for|on) (the |our )?(app|application|site))?|(turn|switch) (the )?maintenance( mode| page)? on|maintenance( mode)? on|close the app( to visitors)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex MaintenanceOn();

    [GeneratedRegex(@"^((disable|deactivate|leave|exit|end|stop|finish|lift|remove|turn off|switch off)( (the|our|app|application|heroku|production|app's))* maintenance( mode| page)?( (for|on) (the |our )?(app|application|site))?|(turn|switch|set) (the )?maintenance( mode| page)? off|maintenance( mode)? off|(take|bring|get)( (the|our|app|application|site))* out of (the )?maintenance( mode)?|reopen the app( to visitors)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex MaintenanceOff();

    [GeneratedRegex(@"^(deploy|release|ship)( (the|this|our|a|new|app|app's|application|release|version|code|build|master|main|branch|PR|changes|it|to|into|onto|on|heroku|production|prod))*(?<tail>\s*[,.;:(–—-].*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex DeployWords();

    [GeneratedRegex(@"^(?:notify|inform|tell|warn|email|message|alert)(?: (?:the|our|all|end|affected|app|application))*[ -](?:users?|customers?|clients?|visitors?)\b(?<about>[^:]*?)(?:(?::| that )(?<message>.*))?$", RegexOptions.IgnoreCase)]
    private static partial Regex NotifyWords();

    [GeneratedRegex(@"^((make|take|create|do|capture)( (a|the|full|manual|new))* )?(back ?-?up|dump|snapshot)( of)?( (the|our|production|prod|heroku|postgres|postgresql|primary))* (db|database|postgres|postgresql|data base)$", RegexOptions.IgnoreCase)]
    private static partial Regex BackUpDatabase();

    [GeneratedRegex(@"^(?i:back ?-?up|save)( the)?(?-i: (?<name>[A-Z][A-Z0-9_]{1,127}))(?i:( (current|config|configuration|environment|env|heroku))* (var|variable)( value)?)$")]
    private static partial Regex BackUpConfigVar();

    [GeneratedRegex(@"^(?i:roll ?-?back|restore|revert|put back)( the)?(?-i: (?<name>[A-Z][A-Z0-9_]{1,127}))(?i:( (config|configuration|environment|env|heroku))* (var|variable)( value)?( (from (the )?backup|to (its|the) (old|previous|former) value))?)$")]
    private static partial Regex RestoreConfigVar();

    [GeneratedRegex(@"^(roll ?-?back|revert)( (the|our|heroku|web|worker|workers|and|app|application|code))*( (release|app|application|web|worker|workers|revision|version))( to (the )?(previous|last|old|former)( (revision|release|version))?)?$", RegexOptions.IgnoreCase)]
    private static partial Regex RollBack();

    [GeneratedRegex(@"^restart( (the|our|all|heroku))*( (app|application|dynos|everything)|( (?<type>web|worker))( (dyno|dynos|process|processes))?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Restart();

    [GeneratedRegex(@"^(monitor|watch|tail|follow|check|inspect|observe|keep an eye on|look at|look into|look through)([ ,/&+]+(the|our|and|for|in|on|of|at|a|any|no|new|heroku|production|prod|app|application|live|real|time|papertrail|getsentry|sentry|logs?|errors?|exceptions?|tracker|tracking|service|dashboard|closely|while|after|during|release|releasing|deploy|deployment|deploying|migration))+$", RegexOptions.IgnoreCase)]
    private static partial Regex WatchWords();

    [GeneratedRegex(@"\b(papertrail|logs?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Logs();

    [GeneratedRegex(@"\b(getsentry|sentry|errors? track(er|ing))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Errors();

    [GeneratedRegex(@"^(?=.*\b(smoke|answers?|responds?|returns?|loads?|up|200|works?)\b)((smoke|test|tests|testing|check|open|get|request|ping|that|if|whether|the|page|site|homepage|health|endpoint|our|app|at|of)[ :-]+)+[<(]*(?<url>https?://[^\s<>()\[\]`""']+?)[>)]*([ :,-]*(still|answers|responds|returns|loads|works|is|up|with|a|http|status|code|200|ok|and|should|answer|respond|return|load|work|be))*$", RegexOptions.IgnoreCase)]
    private static partial Regex SmokeTestWords();

    [GeneratedRegex(@"^(check|verify|test|make sure|ensure|confirm|look|inspect|click|open|visit|see|try|review|log ?in|browse|compare|watch|monitor|observe|keep an eye|implementation verification|smoke[- ]?test(s|ing)?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Check();

    [GeneratedRegex(@"\b(do not|don['’]?t|never|not|without|skip|avoid|instead of|rather than|no need|already|nicht|kein\w*|nie(mals)?|ohne|ne(smí|smi|ní|j)?|nikdy|bez|brez|no|sin|nunca|pas|jamais|sans)\b|ない|禁止", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();

    [GeneratedRegex(@"\b(if|unless|in case|otherwise|when|whenever|once [a-z]+|until|optional(ly)?|maybe|either|or|wenn|falls|sofern|sobald|sonst|oder|pokud|když|kdyby|jestli(že)?|jinak|nebo|či|če|ali|sicer|si|cuando|quand|sinon|ou)\b|場合|もし|なら", RegexOptions.IgnoreCase)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\b(then|and|afterwards|but)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Then();
}
