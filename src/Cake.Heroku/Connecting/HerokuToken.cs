namespace Cake.Heroku;

/// <summary>What Heroku knows its caller by. Its text is empty of it.</summary>
public sealed class HerokuToken(string value)
{
    internal string Reveal() => value;

    public override string ToString() => "…";
}
