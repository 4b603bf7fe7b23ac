namespace Cake.Heroku;

/// <summary>What Heroku knows its caller by. Its text is empty of it.</summary>
public sealed class HerokuToken(string value)
{
    /// <summary>For who sends it, and for who keeps it out of a text.</summary>
    public string Reveal() => value;

    public override string ToString() => "…";
}
