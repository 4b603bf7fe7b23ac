namespace Cake.Heroku;

public static class ReleaseStatus
{
    /// <summary>The release phase is running.</summary>
    public const string Pending = "pending";

    public const string Succeeded = "succeeded";

    /// <summary>The release phase ended with another status than 0: the release before it stays current.</summary>
    public const string Failed = "failed";

    /// <summary>Its slug is gone; it can't be rolled back to.</summary>
    public const string Expired = "expired";
}
