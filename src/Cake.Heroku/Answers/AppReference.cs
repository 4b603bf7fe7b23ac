namespace Cake.Heroku;

public sealed record AppReference(HerokuId<App> Id, AppName Name);
