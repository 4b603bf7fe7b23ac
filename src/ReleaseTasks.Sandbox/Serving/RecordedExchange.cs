namespace ReleaseTasks.Sandbox.Serving;

/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="Request">Its body; empty where that isn't JSON.</param>
/// <param name="Answer">Its body; empty where that isn't JSON.</param>
internal sealed record RecordedExchange(string Method, string Path, int Status, string Request, string Answer);
