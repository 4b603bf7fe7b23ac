namespace ReleaseTasks.Sandbox.Heroku.World;

/// <summary>A backup (<c>b001</c>) or a restore (<c>r002</c>): the data service's name for both is a transfer.</summary>
internal sealed class Transfer
{
    public Guid Id { get; set; } = Guid.NewGuid();

    public required int Number { get; set; }

    public required bool IsBackup { get; set; }

    /// <summary>The database that was read or written.</summary>
    public required Guid AddOn { get; set; }

    /// <summary>Its attachment's name at the time, as <c>pg:backups</c> shows it.</summary>
    public required string AddOnName { get; set; }

    /// <summary>A restore's source.</summary>
    public string? BackupUrl { get; set; }

    public long Bytes { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public DateTimeOffset? CanceledAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Null while it runs.</summary>
    public bool? Succeeded { get; set; }

    public List<TransferLog> Logs { get; set; } = [];
}

internal sealed record TransferLog(DateTimeOffset CreatedAt, string Message);
