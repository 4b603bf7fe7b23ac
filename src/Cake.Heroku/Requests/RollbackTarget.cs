namespace Cake.Heroku;

public sealed record RollbackTarget(ReleaseId Release);
