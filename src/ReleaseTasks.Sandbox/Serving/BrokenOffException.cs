namespace ReleaseTasks.Sandbox.Serving;

/// <summary>
/// Ends an answer that has begun without finishing it: the server closes the connection after what was written. Aborting it instead might
/// overtake that.
/// </summary>
internal sealed class BrokenOffException() : Exception("The sandbox was told to break off.");
