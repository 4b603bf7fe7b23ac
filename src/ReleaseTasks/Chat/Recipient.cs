namespace ReleaseTasks.Chat;

/// <summary>Who is told. A closed set.</summary>
public abstract record Recipient
{
    private Recipient()
    {
    }

    /// <summary>The team's channel.</summary>
    public sealed record Team : Recipient
    {
        public override string ToString() => "the team";
    }

    /// <summary>One person, privately where the service can, else mentioned in the team's channel.</summary>
    /// <param name="Login">On GitHub; the settings say whom that is in the chat.</param>
    public sealed record Person(string Login) : Recipient
    {
        public override string ToString() => Login;
    }
}
