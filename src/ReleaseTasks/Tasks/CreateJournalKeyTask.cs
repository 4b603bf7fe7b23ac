using Cake.Frosting;

namespace ReleaseTasks.Tasks;

/// <summary>Makes the key that a journal's copy on GitHub is signed with, so that a roll-out can go on in another checkout.</summary>
[TaskName("CreateJournalKey")]
[TaskDescription("Give the app the key by which another checkout may go on with a roll-out")]
public sealed class CreateJournalKeyTask : AsyncFrostingTask<ReleaseContext>
{
    public override Task RunAsync(ReleaseContext context) => context.CreateJournalKeyAsync();
}
