namespace Cake.Heroku;

public sealed record Person(Guid Id, string Email);
