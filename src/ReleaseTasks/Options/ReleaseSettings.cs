using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ReleaseTasks.Options;

/// <summary>
/// Reads <see cref="ReleaseOptions"/> from <c>release.json</c>, <c>RELEASE_…</c> variables and arguments; the later wins.
/// </summary>
internal static class ReleaseSettings
{
    public const string FileName = "release.json";

    private const string Prefix = "RELEASE_";

    private static readonly Type List = typeof(IReadOnlyList<string>);
    private static readonly Type Map = typeof(IReadOnlyDictionary<string, string>);

    /// <summary>The options, or every fault that keeps them from being options, each with its place.</summary>
    public static (ReleaseOptions Options, IReadOnlyList<string> Problems) Read(string path, IReadOnlyDictionary<string, string> arguments)
    {
        var problems = new List<string>();
        var configuration = Load(path, arguments, problems);
        var name = Path.GetFileName(path);
        problems.AddRange(Misfits(configuration, typeof(ReleaseOptions), "").Select(problem => $"{name}: {problem}"));
        if (problems.Count > 0)
        {
            return (new(), problems);
        }

        var options = WithDefaults(configuration.Get<ReleaseOptions>() ?? new());
        return (options, [.. options.Problems().Select(problem => $"{name}: {problem}")]);
    }

    /// <summary>
    /// Whether an argument names a setting: <c>app</c>, <c>deploymentWindow:to</c>; or an item of one: <c>ops:0</c>,
    /// <c>chat:people:zupo</c>.
    /// </summary>
    public static bool IsSetting(string argument) =>
        TypeOf(argument) is not null
        || (argument.LastIndexOf(':') is > 0 and var colon && IsItem(TypeOf(argument[..colon]), argument[(colon + 1)..]));

    /// <summary>The names of all settings, for finding what a misspelt one meant.</summary>
    public static IEnumerable<string> SettingNames => NamesIn(typeof(ReleaseOptions), "").Select(setting => setting.Name);

    private static IConfigurationRoot Load(string path, IReadOnlyDictionary<string, string> arguments, List<string> problems)
    {
        var builder = new ConfigurationBuilder();
        if (!File.Exists(path))
        {
            problems.Add($"{Path.GetFileName(path)}: not found in {Path.GetDirectoryName(Path.GetFullPath(path))}. Write one (docs/operating.md), or name its folder with --working.");
        }
        else if (Fault(path) is { } fault)
        {
            problems.Add($"{Path.GetFileName(path)}: {fault}");
        }
        else
        {
            builder.AddJsonFile(Path.GetFullPath(path));
        }

        return builder
            .AddEnvironmentVariables(Prefix)
            .AddInMemoryCollection(arguments.Where(a => IsSetting(a.Key)).Select(a => new KeyValuePair<string, string?>(a.Key, a.Value)))
            .Build();
    }

    private static string? Fault(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(path),
                new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : "must hold an object: { … }.";
        }
        catch (JsonException e)
        {
            return $"{e.LineNumber + 1}:{e.BytePositionInLine + 1}: not valid JSON.";
        }
    }

    /// <summary>The project is called like its app where it has no name of its own.</summary>
    private static ReleaseOptions WithDefaults(ReleaseOptions options) =>
        options.Project.Length > 0 ? options : options with { Project = options.App };

    /// <summary>
    /// What is written but isn't a setting, or isn't a value of its setting's kind: the binder would pass over the one and stop at the
    /// other.
    /// </summary>
    private static IEnumerable<string> Misfits(IConfiguration section, Type type, string path)
    {
        foreach (var child in section.GetChildren().Where(child => !child.Key.StartsWith('$')))
        {
            var at = path + child.Key;
            var property = PropertyOf(type, child.Key);
            var problems = property is null
                ? [$"{at}: unknown setting.{Spelling.DidYouMean(child.Key, SettingsOf(type).Select(NameOf))}"]
                : MisfitsIn(child, property.PropertyType, at);
            foreach (var problem in problems)
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> MisfitsIn(IConfigurationSection setting, Type type, string at)
    {
        if (IsOptions(type))
        {
            return setting.Value is { Length: > 0 } text
                ? [$"{at}: '{text}' must be an object: {{ … }}."]
                : Misfits(setting, type, at + "/");
        }

        if (type == Map)
        {
            return setting.Value is { Length: > 0 } text
                ? [$"{at}: '{text}' must be an object: {{ \"name\": \"value\" }}."]
                : setting.GetChildren().Where(item => item.Value is null).Select(item => $"{at}/{item.Key}: must be a single value.");
        }

        if (type == List)
        {
            return setting.Value is { Length: > 0 } text ? [$"{at}: '{text}' must be a list: [\"{text}\"]."] : [];
        }

        return setting.Value is null ? [$"{at}: must be a single value."] : ValueMisfit(setting.Value, type, at);
    }

    private static IEnumerable<string> ValueMisfit(string value, Type type, string at)
    {
        try
        {
            new ConfigurationBuilder().AddInMemoryCollection([new("value", value)]).Build().GetValue(type, "value");
            return [];
        }
        catch (InvalidOperationException)
        {
            return [$"{at}: '{value}' is not {Kind(type, value)}"];
        }
    }

    private static string Kind(Type type, string value) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type).Select(Camel))}.{Spelling.DidYouMean(value, Enum.GetNames(type).Select(Camel))}",
        _ when type == typeof(TimeSpan) => "a duration: write d.hh:mm:ss, such as 7.00:00:00 or 00:30:00.",
        _ when type == typeof(TimeOnly) => "a time of day: write HH:mm.",
        _ when type == typeof(bool) => "true or false.",
        _ => $"a {type.Name}.",
    };

    private static bool IsOptions(Type type) => type.Namespace == typeof(ReleaseOptions).Namespace && !type.IsEnum;

    private static IEnumerable<PropertyInfo> SettingsOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite);

    private static PropertyInfo? PropertyOf(Type type, string name) =>
        SettingsOf(type).FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsItem(Type? type, string key) =>
        type == Map || (type == List && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static Type? TypeOf(string name) =>
        NamesIn(typeof(ReleaseOptions), "").FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Type;

    private static IEnumerable<(string Name, Type Type)> NamesIn(Type type, string path) => SettingsOf(type).SelectMany(p =>
        IsOptions(p.PropertyType) ? NamesIn(p.PropertyType, $"{path}{NameOf(p)}:") : [(path + NameOf(p), p.PropertyType)]);

    private static string NameOf(PropertyInfo property) => Camel(property.Name);

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
