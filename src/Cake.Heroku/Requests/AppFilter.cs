namespace Cake.Heroku;

public sealed record AppFilter(AppFilterIn In);

public sealed record AppFilterIn(IReadOnlyList<AppId> Id);
