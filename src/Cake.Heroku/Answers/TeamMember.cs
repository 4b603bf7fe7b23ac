namespace Cake.Heroku;

public sealed record TeamMember(string Email, string? Role = null)
{
    public bool TwoFactorAuthentication { get; init; }
}
