namespace ReleaseTasks.Sandbox.Dynos;

/// <summary>A running process of an app. Disposing stops it: SIGTERM, time to finish, SIGKILL.</summary>
internal interface IDyno : IAsyncDisposable
{
    /// <summary>The dyno's name, such as <c>web.1</c>.</summary>
    string Name { get; }

    /// <summary>Where a web dyno listens; null for the others.</summary>
    Uri? Address { get; }

    /// <summary>Ends with the process, with its exit status; 137 where it had to be killed (R12).</summary>
    Task<int> Exited { get; }
}
