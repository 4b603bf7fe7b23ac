using System.Globalization;
using System.Text.Json.Serialization;

namespace Cake.Heroku;

/// <summary>A backup, a restore or a copy of a database.</summary>
/// <param name="Num">Counted per app.</param>
public sealed record Transfer(
    [property: JsonPropertyName("uuid")] HerokuId<Transfer> Id,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] int Num,
    string FromType,
    string ToType)
{
    public string? FromName { get; init; }

    public string? ToName { get; init; }

    public SecretUrl? FromUrl { get; init; }

    public SecretUrl? ToUrl { get; init; }

    public long SourceBytes { get; init; }

    public long ProcessedBytes { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null while it runs. Finished isn't succeeded.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>Null while it runs. Only <c>true</c> means that it went well.</summary>
    public bool? Succeeded { get; init; }

    public int Warnings { get; init; }

    /// <summary>Null for one that was asked for by hand.</summary>
    public TransferSchedule? Schedule { get; init; }

    /// <summary>Told for one transfer, not in lists.</summary>
    public IReadOnlyList<TransferLog> Logs { get; init; } = [];

    [JsonIgnore]
    public bool IsBackup => ToType == "gof3r";

    [JsonIgnore]
    public bool IsRestore => FromType == "gof3r";

    /// <summary>As <c>heroku pg:backups</c> writes it: <c>b001</c>, scheduled <c>a001</c>, restore <c>r001</c>, copy <c>c001</c>.</summary>
    [JsonIgnore]
    public string Name => Letter + Num.ToString("000", CultureInfo.InvariantCulture);

    private string Letter => this switch
    {
        { IsBackup: true, Schedule: not null } => "a",
        { IsBackup: true } => "b",
        { IsRestore: true } => "r",
        _ => "c",
    };
}

public sealed record TransferSchedule
{
    public string? Name { get; init; }
}

public sealed record TransferLog(string Message)
{
    public DateTimeOffset? CreatedAt { get; init; }
}
