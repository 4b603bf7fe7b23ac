namespace Cake.Heroku;

public sealed record RollbackTarget(HerokuId<Release> Release);
