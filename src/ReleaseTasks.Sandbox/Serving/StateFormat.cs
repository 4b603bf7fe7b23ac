using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReleaseTasks.Sandbox.Serving;

/// <summary>How state is written: what can be computed isn't, and what isn't known is no state of ours.</summary>
internal static class StateFormat
{
    public static JsonSerializerOptions Indented { get; } = new()
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static JsonSerializerOptions Line { get; } = new(Indented) { WriteIndented = false, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>What to say of a file that isn't ours, or that somebody has damaged.</summary>
    public static InvalidDataException Unreadable(string place, Exception e) =>
        new($"{place} can't be read: {e.Message} Put back what was there, or run --target=SandboxReset to start the sandbox's world anew.", e);
}
