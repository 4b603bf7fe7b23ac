namespace Cake.Heroku;

/// <summary>Who may sign in to a database. The password is left out on purpose: config vars have it.</summary>
/// <param name="State">Such as <c>active</c>, <c>rotating</c>.</param>
public sealed record DatabaseCredential(string Name, string State);
