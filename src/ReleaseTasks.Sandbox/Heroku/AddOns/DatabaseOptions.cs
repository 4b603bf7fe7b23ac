using System.Globalization;
using System.Text.RegularExpressions;
using ReleaseTasks.Sandbox.Heroku.Http;
using ReleaseTasks.Sandbox.Heroku.World;

namespace ReleaseTasks.Sandbox.Heroku;

/// <summary>What a new database starts from, as the provider reads it out of <c>config</c>.</summary>
/// <param name="Source">The database to roll back, fork or follow; null for an empty one.</param>
/// <param name="To">The moment to go back to; null for now.</param>
/// <param name="Follows">Whether it keeps following.</param>
internal sealed partial record DatabaseOptions(AddOn? Source, DateTimeOffset? To, bool Follows)
{
    private static readonly string[] Known = ["rollback", "to", "by", "fork", "follow", "fast", "version", "region"];

    // Seconds and zones are optional in what people send. Without a zone it's taken for UTC.
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd HH:mmzz", "yyyy-MM-dd HH:mmzzz", "yyyy-MM-dd HH:mm:sszz", "yyyy-MM-dd HH:mm:sszzz",
        "yyyy-MM-dd HH:mm 'UTC'", "yyyy-MM-dd HH:mm:ss 'UTC'", "yyyy-MM-dd HH:mm zzz", "yyyy-MM-dd HH:mm:ss zzz",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd HH:mm:ss.FFFFFFFzz", "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'",
    ];

    /// <exception cref="Refusal">422, with what is wrong.</exception>
    public static DatabaseOptions Read(HerokuWorld world, App app, AddOnPlan plan, IReadOnlyDictionary<string, string> config, DateTimeOffset now)
    {
        if (config.Keys.FirstOrDefault(k => !Known.Contains(k)) is { } unknown)
        {
            throw Refusal.InvalidParams($"Unknown option: {unknown}.");
        }

        var asked = config.Keys.Where(k => k is "rollback" or "fork" or "follow").ToList();
        if (asked.Count > 1)
        {
            throw Refusal.InvalidParams($"Only one of rollback, fork and follow can be given, not {string.Join(" and ", asked)}.");
        }

        if (asked is not [var kind])
        {
            return config.ContainsKey("to") || config.ContainsKey("by")
                ? throw Refusal.InvalidParams("The options to and by need rollback.")
                : new DatabaseOptions(null, null, Follows: false);
        }

        var source = FindSource(world, app, kind, config[kind]);
        CheckPlans(kind, plan, AddOnPlans.Find(source.Plan)!);
        if (source.State != AddOnState.Provisioned || source.AvailableAt is null)
        {
            throw Refusal.InvalidParams($"Cannot {kind} {source.Name}: it isn't available yet.");
        }

        return new DatabaseOptions(source, kind == "rollback" ? ReadMoment(config, now) : null, kind == "follow");
    }

    private static void CheckPlans(string kind, AddOnPlan plan, AddOnPlan sourcePlan)
    {
        if (sourcePlan.RollbackWindow is null)
        {
            throw Refusal.InvalidParams($"Plan {sourcePlan.Name} does not support {kind}.");
        }

        if (plan.RollbackWindow is null)
        {
            throw Refusal.InvalidParams($"Plan {plan.Name} does not support {kind}: choose a standard or premium plan.");
        }
    }

    private static DateTimeOffset ReadMoment(IReadOnlyDictionary<string, string> config, DateTimeOffset now)
    {
        var moment = (config.GetValueOrDefault("to"), config.GetValueOrDefault("by")) switch
        {
            ({ } to, null) => ReadTime(to, now),
            (null, { } by) => now - ReadInterval(by),
            (null, null) => throw Refusal.InvalidParams("A rollback needs a point in time: give to or by."),
            _ => throw Refusal.InvalidParams("Give either to or by, not both."),
        };
        return moment <= now
            ? moment
            : throw Refusal.InvalidParams(FormattableString.Invariant($"Cannot roll back to {moment:yyyy-MM-dd HH:mm:ss} UTC: it lies in the future."));
    }

    private static DateTimeOffset ReadTime(string text, DateTimeOffset now) =>
        text.Equals("now", StringComparison.OrdinalIgnoreCase) ? now
        : DateTimeOffset.TryParseExact(text.Trim(), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw Refusal.InvalidParams($"Invalid timestamp for to: '{text}'. Use a form such as 2013-10-21 15:52+00.");

    // "3 days 7 hours 22 minutes"
    private static TimeSpan ReadInterval(string text)
    {
        var match = IntervalPattern().Match(text.Trim());
        if (!match.Success || text.Trim().Length == 0)
        {
            throw Refusal.InvalidParams($"Invalid interval for by: '{text}'. Use a form such as '3 days 7 hours 22 minutes'.");
        }

        return new TimeSpan(Part("days"), Part("hours"), Part("minutes"), Part("seconds"));

        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
    }

    // A config var, an attachment, an add-on, app::NAME, or a database's whole URL.
    private static AddOn FindSource(HerokuWorld world, App app, string kind, string name)
    {
        var (home, rest) = name.Split("::") is [var other, var there] ? (world.FindApp(other), there) : (app, name);
        var attachment = home is null ? null : world.FindAttachment(home, rest) ?? world.FindAttachment(home, WithoutUrl(rest));
        var found = attachment is not null ? world.AddOnOf(attachment.AddOn)
            : world.FindAddOn(rest) ?? world.AddOns.Find(a => a.Vars.GetValueOrDefault("URL") == name);
        return found is not null && AddOnPlans.Find(found.Plan) is { IsPostgres: true }
            ? found
            : throw Refusal.InvalidParams($"Couldn't find the database to {kind}: {(name.Contains("://", StringComparison.Ordinal) ? "its URL is unknown" : name)}.");
    }

    private static string WithoutUrl(string name) => name.EndsWith("_URL", StringComparison.Ordinal) ? name[..^"_URL".Length] : name;

    [GeneratedRegex(@"^(?:(?<days>\d{1,4}) days?)?\s*(?:(?<hours>\d{1,5}) hours?)?\s*(?:(?<minutes>\d{1,6}) minutes?)?\s*(?:(?<seconds>\d{1,7}) seconds?)?$")]
    private static partial Regex IntervalPattern();
}
