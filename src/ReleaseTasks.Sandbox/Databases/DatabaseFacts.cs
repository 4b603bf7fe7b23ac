namespace ReleaseTasks.Sandbox.Databases;

/// <summary>What a database says about itself.</summary>
/// <param name="Version">PostgreSQL's version such as <c>15.14</c>, or <c>simulated</c>.</param>
/// <param name="Bytes">The size of the data.</param>
/// <param name="Connections">Clients connected now, the asking one not counted.</param>
/// <param name="Tables">The app's own tables, by name.</param>
internal sealed record DatabaseFacts(string Version, long Bytes, int Connections, IReadOnlyList<TableFacts> Tables);

/// <param name="Name">The table's name.</param>
/// <param name="Rows">Counted, not estimated.</param>
/// <param name="Bytes">Its size with indexes.</param>
internal sealed record TableFacts(string Name, long Rows, long Bytes);
