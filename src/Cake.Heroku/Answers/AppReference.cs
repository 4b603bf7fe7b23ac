namespace Cake.Heroku;

public sealed record AppReference(AppId Id, AppName Name);
