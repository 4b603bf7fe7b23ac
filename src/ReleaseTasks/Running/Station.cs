namespace ReleaseTasks.Running;

/// <summary>The tasks of a roll-out in their order. Each step of a plan is carried out at one of them.</summary>
public enum Station
{
    Backup,
    CreateRollbackDb,
    NotifyUsers,
    MergePullRequest,
    MaintenanceOn,
    Release,
    MaintenanceOff,
    Deploy,
}
