namespace Cake.Heroku;

/// <param name="State"><c>general</c>, <c>beta</c>, …</param>
public sealed record Feature(string Name, bool Enabled, string State);
