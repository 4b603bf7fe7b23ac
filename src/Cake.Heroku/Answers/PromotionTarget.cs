namespace Cake.Heroku;

/// <param name="Status"><c>pending</c>, <c>succeeded</c>, <c>failed</c>; Heroku may add to it.</param>
public sealed record PromotionTarget(AppIdentity App, string Status)
{
    public string? ErrorMessage { get; init; }

    /// <summary>Null until the app was released.</summary>
    public ReleaseReference? Release { get; init; }
}
