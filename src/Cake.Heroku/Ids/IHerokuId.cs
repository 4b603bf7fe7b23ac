namespace Cake.Heroku;

/// <summary>An id that Heroku gives to one kind of thing: two kinds can't be taken for each other.</summary>
public interface IHerokuId<TSelf>
    where TSelf : IHerokuId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf Of(Guid value);
}
