namespace ReleaseTasks.Sandbox.Serving;

/// <param name="Client">Who asked, as its <c>User-Agent</c>.</param>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Inclusion">What more the answer was to include, by <c>Accept-Inclusion</c>; mostly nothing.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="Request">Its body; empty where that isn't JSON.</param>
/// <param name="Answer">Its body; empty where that isn't JSON.</param>
internal sealed record RecordedExchange(string Client, string Method, string Path, string Inclusion, int Status, string Request, string Answer);
