namespace ReleaseTasks.GitHub;

/// <summary>An account. Logins ignore case and can change: compare by <see cref="Id"/>.</summary>
public sealed record Person(long Id, string Login, bool IsBot = false)
{
    public bool Equals(Person? other) => other?.Id == Id;

    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>Whether a login from the settings is this account's.</summary>
    public bool IsCalled(string login) => string.Equals(Login, login.TrimStart('@'), StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Login;
}
