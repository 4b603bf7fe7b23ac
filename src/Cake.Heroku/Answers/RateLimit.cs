namespace Cake.Heroku;

/// <param name="Remaining">Requests left in this hour, for the whole account.</param>
public sealed record RateLimit(int Remaining);
